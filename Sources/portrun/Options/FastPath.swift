import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// The launches that are read without ArgumentParser, whose work alone would double their cost.
///
/// Reads what it knows whole, and nothing else: any word that it is not sure of makes it give up, and ArgumentParser
/// reads all of argv and has the last word. A test holds the two against each other.
enum FastPath {
    case run(RunOptions)
    case export(ExportOptions)
    case get(GetOptions)

    /// - Parameter arguments: argv without the program's name.
    init?(_ arguments: [String]) {
        guard let first = arguments.first else { return nil }
        switch first {
        case "run":
            guard let options = Self.runOptions(arguments) else { return nil }
            self = .run(options)
        case "export":
            guard let options = Self.exportOptions(arguments) else { return nil }
            self = .export(options)
        case "get":
            guard let options = Self.getOptions(arguments) else { return nil }
            self = .get(options)
        default: return nil
        }
    }

    private static func runOptions(_ arguments: [String]) -> RunOptions? {
        var options = RunOptions()
        var words = Words(arguments)
        while let word = words.next() {
            switch word {
            case "--":
                options.commandSize = arguments.count - words.position
                return options.commandSize > 0 ? options : nil
            case "--env-name":
                guard let name = words.value(), Environment.isIdentifier(name) else { return nil }
                options.launch.wishes.variable = name
            case "--port":
                guard let demand = words.value().flatMap({ BookingPlan.Demand($0) }) else { return nil }
                options.launch.wishes.demands.append(demand)
            case "--book":
                guard let name = words.value().flatMap({ ServiceName($0) }) else { return nil }
                options.launch.wishes.books.append(name)
            case "--isolate":
                guard let isolated = words.value().flatMap({ Isolation($0) }) else { return nil }
                options.launch.isolated.formUnion(isolated)
            case "--use-main":
                guard let names = words.value().flatMap({ ServiceList($0) }) else { return nil }
                options.launch.mainServices += names.names
            case "--listen":
                guard let names = words.optionalValue() else {
                    options.launch.wishes.listens = []
                    continue
                }
                guard let list = ServiceNameList(names) else { return nil }
                options.launch.wishes.listens = list.names
            case "--ephemeral": options.launch.isEphemeral = true
            case "--share": options.launch.isShared = true
            case "--exec": options.isReplacing = true
            case "--strict": options.isStrict = true
            case "--portserver": options.hasPortserver = true
            case "--no-discover": options.launch.isDiscovering = false
            case "--translate":
                guard let mode = words.value().flatMap(Translation.Mode.init(rawValue:)) else { return nil }
                options.launch.translating = mode
            case "--no-shim": options.launch.isShimmed = false
            case "-q", "--quiet": options.launch.isQuiet = true
            case "-v", "--verbose": options.isVerbose = true
            default:
                if select(word, &words, &options.selection) || fix(word, &words, &options.launch.wishes)
                    || rewrite(word, &words, &options.launch.rewriting)
                {
                    continue
                }
                guard !word.hasPrefix("-"), options.launch.wishes.service == nil, let service = ServiceName(word)
                else { return nil }
                options.launch.wishes.service = service
            }
        }
        return nil
    }

    private static func exportOptions(_ arguments: [String]) -> ExportOptions? {
        var options = ExportOptions()
        var words = Words(arguments)
        while let word = words.next() {
            switch word {
            case "--auto": options.isAutomatic = true
            case "--hook": options.isHook = true
            case "--format":
                guard let format = words.value().flatMap(ExportFormat.init) else { return nil }
                options.format = format
            default:
                guard
                    select(word, &words, &options.selection) || fix(word, &words, &options.launch.wishes)
                        || rewrite(word, &words, &options.launch.rewriting)
                else { return nil }
            }
        }
        return options
    }

    private static func getOptions(_ arguments: [String]) -> GetOptions? {
        var selection = Selection()
        var service: ServiceName?
        var isQuiet = false
        var isBooking = true
        var words = Words(arguments)
        while let word = words.next() {
            switch word {
            case "-q", "--quiet": isQuiet = true
            case "--no-book": isBooking = false
            default:
                if select(word, &words, &selection) { continue }
                guard !word.hasPrefix("-"), service == nil, let name = ServiceName(word) else { return nil }
                service = name
            }
        }
        return service.map {
            GetOptions(selection: selection, service: $0, isQuiet: isQuiet, isBooking: isBooking)
        }
    }

    /// Reads one of the options that all subcommands have; false when `word` is none.
    private static func select(_ word: String, _ words: inout Words, _ selection: inout Selection) -> Bool {
        let target: WritableKeyPath<Selection, String?>
        switch word {
        case "-C": target = \.directory
        case "--context": target = \.context
        case "--app": target = \.app
        case "--instance": target = \.instance
        case "--registry": target = \.registry
        default: return false
        }
        guard let value = words.value() else { return false }
        selection[keyPath: target] = value
        return true
    }

    /// Reads one of the options on fixed ports; false when `word` is none.
    private static func fix(_ word: String, _ words: inout Words, _ wishes: inout BookingPlan.Wishes) -> Bool {
        switch word {
        case "--fixed":
            guard let fixed = words.value().flatMap(FixedPortPolicy.init) else { return false }
            wishes.fixed = fixed
        case "--no-publish-bare": wishes.isPublishingBare = false
        default: return false
        }
        return true
    }

    /// Reads one of the options on values; false when `word` is none.
    private static func rewrite(_ word: String, _ words: inout Words, _ rewriting: inout LaunchOptions.Rewriting)
        -> Bool
    {
        switch word {
        case "--no-rewrite": rewriting.isOn = false
        case "--env-file":
            guard let file = words.value() else { return false }
            rewriting.envFiles.append(file)
        default: return false
        }
        return true
    }

    /// The words behind the subcommand, with `--name=value` split in two.
    private struct Words {
        private let arguments: [String]
        private(set) var position = 1
        private var attached: String?

        init(_ arguments: [String]) { self.arguments = arguments }

        mutating func next() -> String? {
            // A value that the option before did not want: unsure, so a word that nobody knows.
            if attached != nil { return "-" }
            guard position < arguments.count else { return nil }
            let word = arguments[position]
            position += 1
            // `--=` is no option, and no terminator either.
            guard word.hasPrefix("--"), !word.hasPrefix("--="), let separator = word.firstIndex(of: "=")
            else { return word }
            attached = String(word.unicodeScalars[separator...].dropFirst())
            return String(word[..<separator])
        }

        /// The value of an option that may stand alone; nil when it does.
        mutating func optionalValue() -> String? {
            if attached == nil, position < arguments.count, arguments[position].hasPrefix("-") { return nil }
            // An empty text names no service, so the caller leaves this command line to ArgumentParser.
            return value() ?? ""
        }

        /// The value of the option just read; nil when it is missing or looks like another option.
        mutating func value() -> String? {
            if let value = attached {
                attached = nil
                return value.isEmpty ? nil : value
            }
            guard position < arguments.count, !arguments[position].hasPrefix("-"), !arguments[position].isEmpty
            else { return nil }
            position += 1
            return arguments[position - 1]
        }
    }
}
