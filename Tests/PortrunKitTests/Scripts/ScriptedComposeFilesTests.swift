import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// Where makefiles and scripts lead compose.
struct ScriptedComposeFilesTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let compose = "services: {db: {image: postgres, ports: ['5432:5432']}}\n"

    /// The files, or the folder in which compose finds them, seen from the root.
    private func found(_ look: Look = Look()) -> [[String]] {
        ScriptedComposeFiles(in: folder.path, folder.path, environment: Environment(), look).requests.map { request in
            (request.files.isEmpty ? [request.workingDirectory] : request.files).map {
                Path.shortest($0, from: folder.path)
            }
        }
    }

    @Test(arguments: [
        ("Makefile", "up:\n\tdocker compose -f infra/compose.yaml up -d\n"),
        ("Makefile", "up:\n\t@docker-compose \\\n\t\t--file=./infra/compose.yaml \\\n\t\tup\n"),
        ("Makefile", "COMPOSE_FILE ?= infra/compose.yaml\nDC = docker compose -f $(COMPOSE_FILE)\nup:\n\t$(DC) up\n"),
        ("Makefile", "up:\n\tdocker compose -f $(CURDIR)/infra/compose.yaml up\n"),
        ("GNUmakefile", "DIR := infra\nup:\n\tpodman compose -f $(DIR)/compose.yaml -f infra/compose.yaml up\n"),
        ("package.json", #"{"scripts": {"db": "docker compose -f \"infra/compose.yaml\" up -d"}}"#),
        ("package.json", #"{"scripts":{"db":"COMPOSE_FILE=infra/compose.yaml docker compose up"}}"#),
        ("bin/dev", "#!/bin/sh\nexec docker compose -f infra/compose.yaml up\n"),
        ("scripts/dev.sh", "docker compose -f \"$(dirname \"$0\")/../infra/compose.yaml\" up\n"),
        ("scripts/dev.sh", "ROOT=$(cd .. && pwd)\ndocker compose -f \"$ROOT/infra/compose.yaml\" up\n"),
        ("scripts/dev.sh", "docker compose -f ${ROOT}/infra/compose.yaml up\n"),
        ("dev.sh", "cd infra\ndocker compose -f compose.yaml up\n"),
        ("justfile", "up:\n  docker compose -f infra/compose.yaml up\n"),
        ("Procfile", "db: docker compose -f infra/compose.yaml up\n"),
    ])
    func areTheFilesThatTheyName(_ script: (file: String, text: String)) throws {
        try folder.write(Self.compose, to: "infra/compose.yaml")
        try folder.write(script.text, to: script.file)
        let files = found().map { Array(Set($0.map(ExactString.init))).map(\.text) }
        #expect(files == [["infra/compose.yaml"]], "\(script)")
    }

    @Test(arguments: [
        ("Makefile", "up:\n\tcd infra && docker compose up -d\n"),
        ("Makefile", "up:\n\t$(MAKE) -C infra up\n"),
        ("Makefile", "up:\n\tdocker compose --project-directory infra up\n"),
        ("dev.sh", "pushd infra\ndocker-compose up\npopd\n"),
        ("scripts/dev.sh", "cd \"$(dirname \"$0\")/../infra\"\ndocker compose up\n"),
        ("scripts/dev.sh", "cd \"$(git rev-parse --show-toplevel)/infra\"\ndocker compose up\n"),
        ("Taskfile.yml", "tasks:\n  up:\n    dir: infra\n    cmds: [docker compose up]\n"),
        ("package.json", #"{"scripts": {"db": "cd infra && docker compose up"}}"#),
    ])
    func areThoseOfTheFoldersThatTheyGoTo(_ script: (file: String, text: String)) throws {
        try folder.write(Self.compose, to: "infra/docker-compose.yml")
        try folder.write(script.text, to: script.file)
        #expect(found() == [["infra"]], "\(script)")
    }

    /// Of the file or folder that the command is about; a `-p` of another program is none.
    @Test(arguments: [
        ("docker compose -p ci -f infra/compose.yaml up\n", "ci"), ("cd infra && docker compose -p ci up -d\n", "ci"),
        ("cd infra\ndocker-compose --project-name=ci up\n", "ci"),
        ("PROJECT := ci\nup:\n\tcd infra && docker compose -p $(PROJECT) up\n", "ci"),
        ("PROJECT ?= ci\nup:\n\tdocker compose -f infra/compose.yaml -p ${PROJECT} up\n", "ci"),
        ("NAME=ci\ncd infra; docker compose --ansi never -p \"$NAME\" up\n", "ci"),
        ("cd infra; podman compose -p \"${NAME:-ci}\" up\n", "ci"),
        ("cd infra; docker compose -p $(basename $PWD) up\n", nil),
        ("cd infra; docker compose up; mkdir -p data\n", nil),
        ("cd infra; docker compose exec db mkdir -p data\n", nil), ("cd infra; docker compose up\n", nil),
    ])
    func haveTheNameThatTheCommandDemands(_ text: String, _ name: String?) throws {
        try folder.write(Self.compose, to: "infra/compose.yaml")
        try folder.write(text, to: text.contains("\t") ? "Makefile" : "dev.sh")
        let requests = ScriptedComposeFiles(in: folder.path, folder.path, environment: Environment(), Look()).requests
        #expect(requests.map(\.projectName) == [name], "\(text)")
    }

    /// Compose finds that by itself.
    @Test func haveTheNameThatACommandDemandsForTheRootsOwn() throws {
        try folder.write(Self.compose, to: "compose.yaml")
        try folder.write("PROJECT = ci\nup:\n\tdocker compose -p $(PROJECT) up\n", to: "Makefile")
        let requests = ScriptedComposeFiles(in: folder.path, folder.path, environment: Environment(), Look()).requests
        #expect(requests.map(\.projectName) == ["ci"] && requests.map(\.workingDirectory) == [folder.path])
    }

    @Test func areReadInTheOrderOfTheCommand() throws {
        for name in ["compose.yaml", "compose.dev.yaml", "stack.yml"] {
            try folder.write("# x\nservices: {db: {image: x}}\n", to: "infra/\(name)")
        }
        try folder.write("DB_PORT=1\n", to: "infra/dev.env")
        try folder.write(
            """
            docker compose -f infra/compose.yaml -f infra/compose.dev.yaml --env-file infra/dev.env up
            docker compose -f infra/stack.yml up; kubectl apply -f infra/none.yaml

            """, to: "dev.sh")
        #expect(found() == [["infra/compose.yaml", "infra/compose.dev.yaml"], ["infra/stack.yml"]])
        let requests = ScriptedComposeFiles(
            in: folder.path, folder.path, environment: Environment(["COMPOSE_FILE": "x.yaml"]), Look()
        ).requests
        #expect(requests.map(\.envFiles) == [[folder.path + "/infra/dev.env"], []])
        #expect(requests.allSatisfy { $0.environment["COMPOSE_FILE"] == nil && $0.profiles == ["*"] })
    }

    @Test func areThoseOfScriptsBehindScripts() throws {
        try folder.write(Self.compose, to: "infra/compose.yaml")
        try folder.write("up:\n\tsh ops/db/up.sh\ninclude ops/more.mk\n", to: "Makefile")
        try folder.write("sh ops/db/up.sh\n", to: "ops/more.mk")
        try folder.write("sh ops/db/up.sh; docker compose -f infra/compose.yaml up\n", to: "ops/db/up.sh")
        #expect(found() == [["infra/compose.yaml"]])
    }

    @Test func areNoneWhereNothingOfTheKindIsNamed() throws {
        try folder.write(Self.compose, to: "infra/compose.yaml")
        try folder.write("openapi: 3\npaths:\n  services: 1\n", to: "api.yaml")
        try folder.write("docker compose up; lint api.yaml; cat missing/compose.yaml ../x/compose.yaml\n", to: "dev.sh")
        try folder.write("{\"scripts\": {\"dev\": \"vite\"}}", to: "package.json")
        try folder.write("docker compose -f infra/compose.yaml up\n", to: "notes/dev.sh")
        try folder.write("docker compose -f infra/compose.yaml up\n", to: "README.md")
        #expect(found().isEmpty)
    }

    /// No link leads out of the checkout.
    @Test func areNoneOutside() throws {
        let outside = try TemporaryFolder()
        try outside.write(Self.compose, to: "compose.yaml")
        try outside.write("docker compose -f infra/compose.yaml up\n", to: "dev.sh")
        try folder.write("cd infra; docker compose -f infra/compose.yaml -f file.yaml up\n", to: "Makefile")
        try folder.write("docker compose -f \(outside.path)/compose.yaml -f ../../../../etc/x.yaml up\n", to: "a.sh")
        try #require(symlink(outside.path, folder.path + "/infra") == 0)
        try #require(symlink(outside.path + "/compose.yaml", folder.path + "/file.yaml") == 0)
        #expect(found().isEmpty)
    }

    /// However often it is named.
    @Test func areReadOnce() throws {
        try folder.write(Self.compose + String(repeating: "# more\n", count: 6000), to: "infra/compose.yaml")
        try folder.write(
            String(repeating: "up:\n\tdocker compose -f infra/compose.yaml up\n", count: 100), to: "Makefile")
        let look = Look(.ofPrompt)
        #expect(found(look) == [["infra/compose.yaml"]])
        #expect(look.end == nil)
    }

    /// What is too large for a script does not end the look, nor does one that no end of files is named in.
    @Test func takeLittleOfALook() throws {
        try folder.write(Self.compose, to: "infra/compose.yaml")
        try folder.write(String(repeating: "x", count: 9 << 20), to: "bin/tool")
        try folder.write(String(repeating: "cat a/b/c.yaml compose.yaml\n", count: 9000), to: "scripts/a.sh")
        try folder.write("docker compose -f infra/compose.yaml up\n", to: "scripts/0.sh")
        let look = Look()
        #expect(found(look) == [["infra/compose.yaml"]])
        #expect(look.end == nil)
        #expect(look.files.isEmpty, "a user allows what is read of them, and not the scripts")
        let start = ContinuousClock.now
        let short = Look(.ofPrompt)
        _ = found(short)
        #expect(ContinuousClock.now - start < .seconds(4))
    }
}
