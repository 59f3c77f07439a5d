import Foundation
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit
@testable import PortrunRegistry

/// Projects that want to be obeyed: an export of any format does what its JSON lists and no more, sets no name that
/// programs obey, and ends soon.
///
/// `PORTRUN_FUZZ_SECONDS` says how long (default 9), `PORTRUN_FUZZ_INPUTS` how many at most, `PORTRUN_FUZZ_SEED` where
/// to start; of a failure, the seed is printed.
@Suite(.timeLimit(.minutes(120)))
struct ExportFuzzTests {
    /// Of the processor's time.
    private static let limit: Int64 = 2_000_000_000
    /// A registry is left behind after so many projects: all of them are one checkout, whose exports would grow.
    private static let projectsOfARegistry: UInt64 = 20

    @Test func everyFormatAssignsWhatJSONListsAndNothingThatProgramsObey() throws {
        let settings = ProcessInfo.processInfo.environment
        let seconds = settings["PORTRUN_FUZZ_SECONDS"].flatMap(Int.init) ?? 9
        let most = settings["PORTRUN_FUZZ_INPUTS"].flatMap(UInt64.init) ?? UInt64.max / 2
        let first = settings["PORTRUN_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<UInt64.max / 2)
        print("fuzz: exports: seed \(first), \(seconds) s")
        let start = ContinuousClock.now
        var seed = first
        var tally = Tally()
        var registry = try FuzzedRegistry()
        while ContinuousClock.now - start < .seconds(seconds), seed - first < most {
            if (seed - first) % Self.projectsOfARegistry == 0 { registry = try FuzzedRegistry() }
            try export(seed, registry, &tally)
            seed += 1
        }
        print("fuzz: exports: \(tally), up to seed \(seed)")
        #expect(tally.variables > 0 && tally.following > 0)
    }

    private func export(_ seed: UInt64, _ registry: FuzzedRegistry, _ tally: inout Tally) throws {
        var random = SeededGenerator(state: seed)
        let project = HostileProject(&random, names: Self.obeyedNames)
        try project.write(to: registry.folder)
        let before = ProcessorClock.nanoseconds()
        let overlay: Overlay
        do {
            overlay = try registry.overlay(with: project.environment)
        } catch is any ReportableError {
            tally.refused += 1
            return
        }
        let outputs = ExportFormat.allCases.map { ($0, $0.output(of: overlay)) }
        let taken = ProcessorClock.nanoseconds() - before
        tally.add(taken, following: overlay.values.count)
        #expect(taken < Self.limit, "seed \(seed): \(taken / 1_000_000) ms")

        let listed = try Self.listed(overlay)
        for (format, output) in outputs where format != .json {
            guard let text = try? ExportedText(output, format: format.rawValue) else {
                Issue.record("seed \(seed): \(format): \(String(decoding: output, as: UTF8.self).debugDescription)")
                continue
            }
            check(text, format, against: listed, seed)
        }
        for name in listed.keys {
            tally.variables += 1
            #expect(!Self.isObeyed(name), "seed \(seed): \(name)")
        }
    }

    /// Values that are no UTF-8 are null in JSON, and taken away where they cannot be told.
    private func check(_ text: ExportedText, _ format: ExportFormat, against listed: [String: String?], _ seed: UInt64)
    {
        let isData = [.dotenv, .env].contains(format)
        for (name, value) in listed {
            switch (value, text.variables[name]) {
            case (let value?, let told??): #expect(told.elementsEqual(value.utf8), "seed \(seed): \(format): \(name)")
            case (nil, .some(nil)): continue
            case (nil, nil): #expect(isData, "seed \(seed): \(format): \(name) is left")
            case (nil, let told??):
                let isEmptied = format == .github && told.isEmpty
                #expect(isEmptied || String(validating: told, as: UTF8.self) == nil, "seed \(seed): \(format): \(name)")
            case (_?, _): Issue.record("seed \(seed): \(format): \(name) is not set")
            }
        }
        for name in text.variables.keys where listed[name] == nil {
            Issue.record("seed \(seed): \(format): \(name) is not listed")
        }
    }

    private static func listed(_ overlay: Overlay) throws -> [String: String?] {
        let json = try JSONSerialization.jsonObject(with: Data(ExportFormat.json.output(of: overlay)))
        return try #require(json as? [String: Any]).mapValues { value in
            value is NSNull ? nil : value as? String ?? "\(value)"
        }
    }

    /// All that portrun's own table lists, and some that it has by their beginnings and endings.
    private static let obeyedNames: [String] =
        VariableName.obeyedNames + VariableName.closedBeginnings.map { $0 + "X" }
        + VariableName.obeyedEndings.map { "MY_" + $0 } + VariableName.obeyedLastWords.map { "MY_" + $0 }
        + VariableName.closedTools.map { $0 + "_URL" } + VariableName.openTools.map { $0 + "_X" }

    private static let portrunsOwn = [
        "PORT", "COMPOSE_PROJECT_NAME", "COMPOSE_FILE", "COMPOSE_PATH_SEPARATOR", "PORTRUN_CONTEXT", "PORTRUN_CHANGES",
    ]

    private static func isObeyed(_ name: String) -> Bool {
        if portrunsOwn.contains(name) { return false }
        let capitals = name.uppercased()
        return HostileProject.obeyed.contains { $0.uppercased() == capitals }
            || VariableName.obeyedNames.contains(capitals)
            || VariableName.closedBeginnings.contains { capitals.hasPrefix($0) }
    }

    private struct Tally: CustomStringConvertible {
        var projects = 0
        var refused = 0
        var variables = 0
        /// Of the variables those whose values follow ports.
        private(set) var following = 0
        private var longest: Int64 = 0

        mutating func add(_ nanoseconds: Int64, following count: Int) {
            projects += 1
            following += count
            longest = max(longest, nanoseconds)
        }

        var description: String {
            "\(projects) projects, \(refused) refused, \(variables) variables, \(following) of them following, at most "
                + "\(longest / 1_000_000) ms each"
        }
    }
}

/// A registry in which somebody else has the ports that hostile projects want.
private final class FuzzedRegistry {
    private let home: TemporaryFolder
    private let registry: Registry
    let folder: String

    init() throws {
        home = try TemporaryFolder()
        folder = home.path + "/project"
        try #require(mkdir(folder, 0o700) == 0)
        // Booked as with `--port`: an idle booking of what a project declares would give way to another's.
        let other = try Self.checkout(home.path, [], context: "other")
        registry = try Registry(at: other.location, now: other.system.now) { _ in }
        var request = ServiceRequest("x")
        request.demand = Port(HostileProject.movedPorts.lowerBound)
        request.count = HostileProject.movedPorts.count
        _ = try Plan(nil, in: other).book([request], in: registry)
    }

    /// As `portrun export` makes it.
    func overlay(with variables: [[UInt8]]) throws -> Overlay {
        let checkout = try Self.checkout(home.path, variables)
        return try Plan(nil, in: checkout, Look(.ofPrompt)).prepare(in: registry).writeFiles().overlay
    }

    private static func checkout(_ home: String, _ variables: [[UInt8]], context: String? = nil) throws -> Checkout {
        let entries = [Array("HOME=\(home)".utf8), Array("PATH=/usr/bin:/bin".utf8)] + variables
        let system = System(
            environment: Environment(entries: entries), workingDirectory: home + "/project", now: 1_800_000_000)
        let location = try RegistryLocation(option: "\(home)/registry.sqlite", system: system)
        return try Checkout(system, location: location, name: context)
    }
}
