import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Names of containers that a file fixes, outside the main worktree.
@Suite struct ContainerNameTests {
    @Test func areLeftAloneInTheMainWorktree() throws {
        let project = try ComposeProject.reading("services: {db: {image: x, container_name: shop_db}}")
        #expect(project.override() == nil)
    }

    @Test func getTheProjectsNameAndStayAliases() throws {
        let made = try override(
            """
            services:
              db: {image: x, container_name: "${NAME:-shop.db}", networks: [front, back]}
              web: {image: x, container_name: web, profiles: [never]}
              api: {image: x, container_name: shop_api, networks: {back: {aliases: [api1]}, front: }}
              job: {image: x}
            networks: {front: , back: {external: false}}
            """)
        #expect(
            made?.body == """
                services:
                  "db":
                    "container_name": "shop-feature-shop.db"
                    "networks": { "front": { "aliases": ["shop.db"] }, "back": { "aliases": ["shop.db"] } }
                  "web":
                    "container_name": "shop-feature-web"
                  "api":
                    "container_name": "shop-feature-shop_api"
                    "networks": { "back": { "aliases": ["shop_api"] }, "front": { "aliases": ["shop_api"] } }

                """)
    }

    @Test(arguments: [
        "network_mode: host", "network_mode: 'service:other'", "networks: {default: {aliases: [old]}}",
        "networks: [outer]", "networks: [named]",
    ])
    func haveNoAliasWhere(_ line: String) throws {
        let made = try override(
            """
            services:
              db:
                image: x
                container_name: old
                \(line)
              other: {image: x}
            networks: {outer: {external: true}, named: {name: shared}}
            """)
        #expect(made?.body == "services:\n  \"db\":\n    \"container_name\": \"shop-feature-old\"\n")
    }

    @Test(arguments: ["${COMPOSE_PROJECT_NAME}-db", "${COMPOSE_PROJECT_NAME:-x}_db", "${COMPOSE_PROJECT_NAME:+a}b"])
    func haveThePrefixAlreadyWhenMadeOfTheProjectsName(_ name: String) throws {
        #expect(try override("services: {db: {image: x, container_name: '\(name)'}}") == nil)
    }

    @Test func areFollowedByReferences() throws {
        let made = try override(
            """
            services:
              vpn: {image: x, container_name: vpn}
              a: {image: x, network_mode: 'container:vpn', pid: 'container:vpn', ipc: 'container:other'}
              b:
                image: x
                volumes_from: [a, 'container:vpn:ro', 'container:vpns']
                external_links: [vpn, 'vpn:v', other]
            """)
        #expect(
            made?.body == """
                services:
                  "vpn":
                    "container_name": "shop-feature-vpn"
                  "a":
                    "network_mode": "container:shop-feature-vpn"
                    "pid": "container:shop-feature-vpn"
                  "b":
                    "volumes_from": !override
                      - "a"
                      - "container:shop-feature-vpn:ro"
                      - "container:vpns"
                    "external_links": !override
                      - "shop-feature-vpn:vpn"
                      - "shop-feature-vpn:v"
                      - "other"

                """)
    }

    private func override(_ text: String) throws -> ComposeOverride? {
        try ComposeProject.reading(text).override([:], RemapPolicy(project: "shop-feature"))
    }
}
