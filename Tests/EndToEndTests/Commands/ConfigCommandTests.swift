import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ConfigCommandTests {
    @Test func showsEveryRange() throws {
        let scratch = try Scratch()
        let expected = """
            postgres\t5432-5499
            mysql\t3306-3399
            redis\t6379-6449
            mongodb\t27017-27099
            elasticsearch\t9200-9299
            meilisearch\t7700-7799
            rabbitmq\t5672-5699
            kafka\t9092-9099
            web\t3000-3999
            debug\t9229-9299
            default\t10000-19999

            """
        #expect(try scratch.run([Program.portrun, "config"]) == .printed(expected))
        #expect(try scratch.run([Program.portrun, "config", "--show"]) == .printed(expected))
    }

    @Test func changesARangeAndBringsItBack() throws {
        let scratch = try Scratch()
        func lines(_ words: String...) throws -> [Substring] {
            try scratch.run([Program.portrun, "config"] + words).output.split(separator: "\n")
        }
        #expect(try lines("--set-range", "postgres:5500-5599", "--set-range=web:4000").isEmpty)
        #expect(
            try lines("--show").filter { $0.hasPrefix("postgres") || $0.hasPrefix("web") } == [
                "postgres\t5500-5599", "web\t4000",
            ])
        #expect(try lines("--json").contains("  \"postgres\": \"5500-5599\","))
        #expect(try lines("--reset-range", "postgres", "--show").first == "postgres\t5432-5499")
    }

    @Test(arguments: [
        "postgres", "nope:1-2", "web:2-1", "web:0-10", "web:1-70000", "web:", ":1-2", "web:1-2:3",
    ])
    func refuses(_ setting: String) throws {
        let outcome = try Scratch().run([Program.portrun, "config", "--set-range", setting])
        #expect(outcome.ending == .exited(64))
        #expect(
            outcome.errors.hasPrefix(
                "portrun: error: the value `\(setting)` is invalid for `--set-range <kind:first-last>`: "))
    }
}
