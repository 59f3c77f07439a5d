import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// The names of what compose makes of a project, and what several checkouts share.
struct OwnNameTests {
    private static let text = """
        services:
          db: {image: x, container_name: the-db}
          web: {image: "${COMPOSE_PROJECT_NAME}/web", container_name: "${COMPOSE_PROJECT_NAME}-web"}
        volumes:
          data:
          fixed: {name: shop_data}
          theirs: {external: true, name: outer}
          bare: {external: true}
        networks:
          back: {name: shop_back}
          follows: {name: "${COMPOSE_PROJECT_NAME}-x"}
          old: {external: {name: oldnet}}
        """

    static let names: [(name: String, kind: DockerName.Kind, ending: String?)] = [
        ("shop-db-1", DockerName.Kind.container, "-db-1"), ("shop_db_12", .container, "_db_12"),
        ("shop-db-x", .container, nil), ("shop-job-1", .container, nil), ("other-db-1", .container, nil),
        ("shop_data", .volume, "_data"), ("shop_none", .volume, nil), ("shop_back", .network, "_back"),
        ("shop_default", .network, "_default"), ("shop_data", .network, nil),
    ]

    @Test(arguments: names)
    func tellsWhatComposeCallsAfterTheProject(_ name: String, _ kind: DockerName.Kind, _ ending: String?) throws {
        #expect(try ComposeProject.reading(Self.text).ending(of: name, kind, in: ["", "shop"]) == ending)
    }

    @Test func knowsFixedAndBorrowedNames() throws {
        let project = try ComposeProject.reading(Self.text)
        #expect(project.fixedContainerNames == ["the-db"])
        #expect(project.isolated("shop_data", in: "volumes") == .entry("fixed"))
        #expect(project.isolated("outer", in: "volumes") == nil)
        #expect(project.borrows("outer", in: "volumes") && project.borrows("bare", in: "volumes"))
        #expect(project.borrows("oldnet", in: "networks") && !project.borrows("shop_back", in: "networks"))
    }

    @Test func sharedThingsAreToldWithTheirPlaces() throws {
        let project = try ComposeProject.reading(Self.text)
        func told(_ isolated: Isolation) -> [String] {
            project.sharedThings(for: "p", isolated: isolated).map { "\($0.name ?? "") \($0.line)" }
        }
        #expect(told(.usual) == ["shop_data 6", "shop_back 10", "outer 7", "bare 8", "oldnet 12"])
        #expect(told([.volumes, .networks]) == ["shop_data 6", "outer 7", "bare 8", "oldnet 12"])
        let findings = project.sharedThings(for: "p", isolated: .usual)
        #expect(
            findings[0].message == "volume `shop_data` is called so in every checkout: here it is `p_fixed` instead")
        #expect(findings[2].message.hasSuffix("with `name: ${THEIRS_NAME:-outer}` each checkout can have its own"))
    }
}
