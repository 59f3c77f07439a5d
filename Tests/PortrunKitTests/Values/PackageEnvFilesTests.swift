import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The env files of workspace packages in which a command at the root starts something.
struct PackageEnvFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func values(_ packages: [String]) throws -> [String] {
        let variables = try EnvFileVariables(
            in: [folder.path], packages: packages.map { "\(folder.path)/\($0)" }, files: [], environment: Environment())
        return variables.variables.map { "\($0.name)=\(String(decoding: $0.value, as: UTF8.self))" }
    }

    @Test func onePackageWinsOverTheRoot() throws {
        try folder.write("A=root\nB=root\n", to: ".env")
        try folder.write("B=web\nC=web\nPORT=4000\n", to: "web/.env")
        try folder.write("C=local\n", to: "web/.env.local")
        #expect(try values(["web"]) == ["A=root", "B=web", "C=local", "PORT=4000"])
        #expect(try values([]) == ["A=root", "B=root"])
    }

    /// One environment cannot say both, and two servers on one `PORT` would meet.
    @Test func whatTwoSayOtherwiseIsInNoVariable() throws {
        try folder.write("A=root\n", to: ".env")
        try folder.write("A=web\nB=one\nC=web\nPORT=4000\n", to: "web/.env")
        try folder.write("A=api\nB=one\n", to: "api/.env")
        #expect(try values(["web", "api"]) == ["B=one", "C=web"])
    }

    @Test(arguments: ["npm run dev -w web", "pnpm --filter web dev", "yarn workspace web dev", "npm run dev"])
    func aCommandAtTheRootFindsThePackages(_ command: String) throws {
        try folder.write(
            "{\"workspaces\": [\"web\"], \"scripts\": {\"dev\": \"npm run dev --workspace=web\"}}", to: "package.json")
        try folder.write("{\"name\": \"web\", \"scripts\": {\"dev\": \"vite\"}}", to: "web/package.json")
        let calls = FrameworkCalls(command.split(separator: " ").map(String.init), in: folder.path)
        #expect(calls.calls.map(\.folder) == ["\(folder.path)/web"])
    }
}
