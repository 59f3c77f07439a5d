import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunLaunch
import PortrunRegistry

struct ConfigCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show or change the ranges that ports are booked from, and other settings.",
        usage: "portrun config [<options>]",
        discussion: """
            The kinds are postgres, mysql, redis, mongodb, elasticsearch, meilisearch, rabbitmq, kafka, web, debug and \
            default. Existing bookings stay.

            `--translate off` keeps commands on the localhost of the machine, whatever has moved; `auto`, as at first, \
            gives them one of their own where something has. `run --translate` says otherwise for one command.

            EXAMPLES
              portrun config --show
              portrun config --set-range postgres:5500-5599
              portrun config --reset-range postgres
              portrun config --translate off
            """)

    @OptionGroup var registryOptions: RegistryOptions

    @Flag(help: "Show the ranges.")
    var show = false

    @Option(
        help: ArgumentHelp("Change the range of a kind.", valueName: "kind:first-last"),
        transform: RangeSetting.init)
    var setRange: [RangeSetting] = []

    @Option(help: ArgumentHelp("Restore a kind's default range.", valueName: "kind"))
    var resetRange: [ServiceKind] = []

    @Option(
        help: ArgumentHelp("Set when commands have a localhost of their own: auto, on or off.", valueName: "mode"))
    var translate: Translation.Mode?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(registryOptions.selection, system)
        let registry = try checkout.openRegistry()
        let (ranges, translation) = try registry.write(on: checkout.facts()) { transaction in
            if let translate { try transaction.set(.translate, to: translate == .auto ? nil : translate.rawValue) }
            for setting in setRange { try transaction.setRange(of: setting.kind, to: setting.range) }
            for kind in resetRange { try transaction.setRange(of: kind, to: nil) }
            let ranges = try ServiceKind.allCases.map { kind in (kind: kind, range: try transaction.range(of: kind)) }
            return (ranges, try transaction.value(of: .translate) ?? Translation.Mode.auto.rawValue)
        }
        if let translate { Report.notice(Self.answer(to: translate)) }
        guard show || json || (setRange.isEmpty && resetRange.isEmpty && translate == nil) else { return 0 }
        if json {
            let pairs =
                ranges.map { (key: $0.kind.rawValue, value: JSONValue.string($0.range.description)) }
                + [(key: Setting.translate.rawValue, value: JSONValue.string(translation))]
            try Report.output(JSONValue.object(JSONValue.KeyValuePairs(pairs)).text + "\n")
            return 0
        }
        var table = Table(columns: ["kind", "range"], isAligned: system.isStandardOutputTerminal)
        for (kind, range) in ranges { table.add([kind.rawValue, range.description]) }
        try Report.output(table.text)
        if translate == nil, translation != Translation.Mode.auto.rawValue {
            Report.notice("`--translate \(translation)` holds")
        }
        return 0
    }
}

extension ConfigCommand {
    /// What holds from now on.
    private static func answer(to mode: Translation.Mode) -> String {
        switch mode {
        case .auto: "commands get a localhost of their own where something has moved and it can be done"
        case .on: "commands get a localhost of their own where something has moved, or do not run"
        case .off: "commands keep the localhost of the machine, whatever has moved"
        }
    }
}

/// `kind:first-last`
struct RangeSetting {
    let kind: ServiceKind
    let range: PortRange

    init(_ text: String) throws(RangeProblem) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = ServiceKind(rawValue: String(parts[0])) else { throw .kind }
        self.kind = kind
        range = try PortRange(argument: parts[1])
    }
}

extension ServiceKind: ExpressibleByArgument {}
