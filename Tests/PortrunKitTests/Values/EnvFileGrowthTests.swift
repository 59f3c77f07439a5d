import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// Twice as many values take twice as long, not four times. The clock is the thread's own, so that other tests do not count.
struct EnvFileGrowthTests {
    @Test func readingForPrograms() throws {
        try growsWithTheFile { folder in
            _ = try EnvFileVariables(in: [folder], files: [], environment: Environment())
        }
    }

    @Test func readingForCompose() throws {
        try growsWithTheFile { folder in
            _ = try DotenvFile(at: folder + "/.env", relativeTo: folder, Look()) { _ in nil }
        }
    }

    @Test func following() throws {
        try growsWithTheFile { folder in
            let variables = try EnvFileVariables(in: [folder], files: [], environment: Environment())
            let rewrite = EnvironmentRewrite(
                ValueRewriteTests.rules, environment: Environment(), files: variables, relativeTo: folder
            ) {
                _ in false
            }
            #expect(rewrite.changes.count == variables.variables.count)
            var overlay = Overlay(clearing: Environment())
            overlay.follow(rewrite.changes)
            #expect(overlay.applied(to: Environment(["A1": "1"])).entries.count > rewrite.changes.count)
        }
    }

    private func growsWithTheFile(_ work: (_ folder: String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        var taken: [Int64] = []
        for count in [2500, 5000] {
            var best = Int64.max
            for _ in 0..<3 {
                try folder.write((0..<count).map { "DB_\($0)=localhost:5432\n" }.joined(), to: ".env")
                let start = ProcessorClock.nanoseconds()
                try work(folder.path)
                best = min(best, ProcessorClock.nanoseconds() - start)
            }
            taken.append(best)
        }
        #expect(taken[1] < taken[0] * 3, "\(taken)")
    }
}
