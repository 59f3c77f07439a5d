import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// The names that scripts give, as far as their text says.
struct ScriptNamesTests {
    @Test(arguments: [
        "docker run -d --name larder-pg -p 5432:5432 postgres", "docker run --name=larder-pg x",
        "docker run --name 'larder-pg' x", #""db": "docker run --name \"larder-pg\" x""#, "container_name: larder-pg",
        "DB = larder-pg\ndb:\n\tdocker run --name $(DB) x", "export DB=larder-pg\ndocker run --name=${DB} x",
        "DB ?= larder-pg\n\tdocker run --name \"$(DB)\"", "db := 'larder-pg'\ndb:\n  docker run --name {{ db }} x",
    ])
    func tellWhichContainersAreTheProjects(_ text: String) {
        #expect(ScriptNames(texts: ["", text]).give("larder-pg", .container))
    }

    @Test(arguments: [
        "docker exec larder-pg ls", "docker run --name larder-pg2 x", "docker run --name old-larder-pg x",
        "DB = larder-pg\ndb:\n\tdocker exec $(DB) x", "docker run --hostname larder-pg x", "", "larder-pg",
        "docker volume create larder-pg", "docker run --rename larder-pg",
    ])
    func doNotTakeWhatTheyOnlyUse(_ text: String) {
        #expect(!ScriptNames(texts: [text]).give("larder-pg", .container))
    }

    @Test func tellOfVolumesAndNetworks() {
        let names = ScriptNames(texts: [
            "docker volume create one; docker run -v two:/data -v certs:/certs:ro x", "docker network create net",
        ])
        #expect(names.give("one", .volume) && names.give("two", .volume) && names.give("net", .network))
        #expect(!names.give("certs", .volume), "what is only read may be somebody else's")
        #expect(!names.give("net", .volume) && !names.give("one", .container))
    }

    @Test func readMakefilesAndScripts() throws {
        let folder = try TemporaryFolder()
        try folder.write("x:\n\tdocker run --name made x\n", to: "Makefile")
        try folder.write("docker run --name scripted x", to: "scripts/db.sh")
        try folder.write("docker run --name told x", to: "README.md")
        let names = ScriptNames(in: folder.path)
        #expect(names.give("made", .container) && names.give("scripted", .container))
        #expect(!names.give("told", .container))
    }

    /// Texts in which each place could ask for a look through all of them.
    @Test(arguments: [
        String(repeating: "V=zz\n", count: 50_000), String(repeating: ":-v=zz", count: 40_000) + ":ro",
        String(repeating: "V=zz\ndocker run --name $(V)\n", count: 8000),
        (0..<6000).map { "V=a\($0)\ndocker run --name $V\n" }.joined(), String(repeating: " ", count: 250_000) + "zz",
        String(repeating: "=", count: 250_000) + "zz", String(repeating: "{", count: 250_000) + "zz",
    ])
    func takeNoLongerForEachPlace(_ text: String) {
        let start = ContinuousClock.now
        let names = ScriptNames(texts: [text, text])
        for _ in 0..<1000 { #expect(!names.give("zz", .network)) }
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
