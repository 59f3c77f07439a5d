import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

@Suite struct WholeConfigurationTests {
    @Test func saysWhatTheOverrideSays() throws {
        let project = try ComposeProject.reading(
            """
            services:
              db:
                image: x
                container_name: a$$b
                ports: ["5432:5432", {target: 80, published: "81", name: "n$$"}]
              web: {image: y, external_links: [a$$b]}
            volumes: {data: {name: shared}}
            """)
        let override = try #require(
            project.override([0: "6000"], RemapPolicy(project: "p", isolated: .volumes)))
        let printed = """
            name: p
            services:
              db:
                container_name: a$$b
                environment: {PASSWORD: 'x$$y'}
                networks: {default: null}
                ports: [{mode: ingress, target: 5432, published: "5432"}]
              web: {external_links: [a$$b], networks: {default: null}}
            networks: {default: {name: p_default}}
            """
        let whole = try #require(WholeConfiguration(printed, changedBy: override))
        let node = try #require(try YAMLParser.documents(in: Array(whole.text.utf8), file: 0).first)
        let db = try #require(node["services"]?["db"])
        #expect(db["container_name"]?.string == "p-a$$b")
        #expect(db["environment"]?["PASSWORD"]?.string == "x$$y")
        #expect(db["ports"]?.elements?.compactMap { $0.string ?? $0["published"]?.string } == ["6000:5432", "81"])
        #expect(db["ports"]?.elements?.last?["name"]?.string == "n$$")
        #expect(db["networks"]?["default"]?["aliases"]?.elements?.compactMap(\.string) == ["a$$b"])
        #expect(node["services"]?["web"]?["external_links"]?.elements?.count == 1)
        #expect(node["volumes"]?["data"]?["name"]?.string == "p_data")
        #expect(node["networks"]?["default"]?["name"]?.string == "p_default")
    }

    @Test func leavesOutAServiceThatIsNotPrinted() throws {
        let project = try ComposeProject.reading(
            "services: {a: {image: x, ports: ['80:80']}, b: {image: x, profiles: [p], ports: ['81:81']}}")
        let override = try #require(project.override([0: "6000", 1: "6001"]))
        let whole = try #require(WholeConfiguration("services: {a: {image: x}}", changedBy: override))
        #expect(whole.text.contains("6000") && !whole.text.contains("6001"))
    }

    @Test(arguments: ["", "[]", "just text", "{", "a: [b"])
    func isNoneOfWhatIsNoConfiguration(_ printed: String) throws {
        let project = try ComposeProject.reading("services: {a: {image: x, ports: ['80:80']}}")
        #expect(WholeConfiguration(printed, changedBy: try #require(project.override([0: "6000"]))) == nil)
    }
}
