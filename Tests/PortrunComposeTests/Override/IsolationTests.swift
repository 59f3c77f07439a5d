import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct IsolationTests {
    @Test(arguments: [
        ("volumes", Isolation.volumes), ("images,volumes", Isolation([.volumes, .images])),
        ("volumes,networks,images", Isolation([.volumes, .networks, .images])),
    ])
    func readsItsOwnWords(_ text: String, isolation: Isolation) {
        #expect(Isolation(text) == isolation)
        #expect(Isolation(isolation.description) == isolation)
    }

    @Test(arguments: ["", "volume", "volumes,", "volumes networks", "all"])
    func rejects(_ text: String) { #expect(Isolation(text) == nil) }

    @Test(arguments: [
        ("shop/api", "shop/api:p"), ("shop/api:dev", "shop/api:dev-p"), ("localhost:5000/api", "localhost:5000/api:p"),
        ("localhost:5000/api:1", "localhost:5000/api:1-p"),
        ("a:" + String(repeating: "t", count: 128), "a:" + String(repeating: "t", count: 126) + "-p"),
    ])
    func tagsAnImageByItsProject(_ name: String, isolated: String) {
        #expect(ImageTag(name)?.isolated(for: "p") == isolated)
    }

    @Test func aDigestIsNoTag() { #expect(ImageTag("a@sha256:0") == nil) }

    /// The text of the override without its first line; empty when there is none.
    private func override(_ text: String, _ isolation: Isolation, project: String? = "p") throws -> String {
        try withComposeFolder(["compose.yaml": text]) { folder in
            let read = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            var policy = RemapPolicy(project: project, isolated: isolation)
            policy.built = BuiltImages(of: read, elsewhere: [], Look())
            let made = ComposeOverride(of: read, booked: read.ports.map { _ in nil }, policy: policy)
            return made.map { String($0.text.drop { $0 != "\n" }.dropFirst()) } ?? ""
        }
    }

    static let volumes = """
        services: {a: {image: x}}
        volumes:
          own: {}
          data: {name: shop_data}
          twin: {name: shop_data}
          theirs: {name: x, external: true}
          follows: {name: "${COMPOSE_PROJECT_NAME}-x"}
        """

    /// The registry is locked meanwhile. Gone through for each of the others, they took a minute.
    @Test(.timeLimit(.minutes(30))) func tenThousandVolumesTakeNoTime() throws {
        let names = (0..<10_000).map { "  v\($0): {name: n\($0)}\n" }.joined()
        let project = try ComposeProject.reading("services: {a: {image: x}}\nvolumes:\n\(names)")
        let start = ContinuousClock.now
        let made = project.override([:], RemapPolicy(project: "p", isolated: [.volumes, .networks]))
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(try #require(made).text.contains("\"v9999\": { \"name\": \"p_v9999\" }"))
    }

    /// Each line of the override is paid for from the budget of the look.
    @Test func buildsThatAllStartFromEachOtherAreLimited() throws {
        let images = (0..<400).map { "i\($0)" }
        let services = images.map { "  \($0): {image: \($0), build: .}\n" }.joined()
        let files = ["compose.yaml": "services:\n" + services, "Dockerfile": "FROM " + images.joined(separator: " ")]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let look = Look()
            let built = BuiltImages(of: project, elsewhere: [], look)
            #expect(look.end?.path == folder + "/Dockerfile")
            #expect(built.bases.values.reduce(0) { $0 + $1.count } <= 100_000)
            #expect(look.files.map(\.path) == [folder + "/Dockerfile"])
        }
    }

    @Test func volumesGetTheNamesThatComposeWouldChoose() throws {
        #expect(
            try override(Self.volumes, .volumes) == """
                volumes:
                  "data": { "name": "p_data" }
                  "twin": { "name": "p_data" }

                """)
        #expect(try override(Self.volumes, [.networks, .images]) == "")
        #expect(try override(Self.volumes, .volumes, project: nil) == "", "the main worktree keeps its names")
    }

    @Test func networksGetNamesAndLoseTheirSubnets() throws {
        let text = """
            services:
              a:
                image: x
                networks:
                  back: {ipv4_address: 10.9.0.2, aliases: [z]}
                  other: {ipv4_address: 10.8.0.2}
                  default:
              b: {image: x, networks: [back]}
            networks:
              default: {name: shop}
              back:
                name: shop_back
                enable_ipv6: true
                labels: {money: "$$5"}
                driver_opts: {com.docker.network.bridge.name: br-shop, mtu: 1400}
                ipam: {driver: default, config: [{subnet: 10.9.0.0/24}, {subnet: "fd00::/64"}]}
              other: {external: true}
              lan: {driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24}]}}
            """
        let back =
            #"{ "name": "p_back", "labels": { "money": "$$5" }, "driver_opts": { "mtu": 1400 }, "#
            + #""ipam": { "driver": "default" } }"#
        #expect(
            try override(text, .networks) == """
                services:
                  "a":
                    "networks": !override { "back": { "aliases": ["z"] }, "other": { "ipv4_address": "10.8.0.2" }, "default": null }
                networks:
                  "back": !override \(back)
                  "default": { "name": "p_default" }

                """)
    }

    @Test func imagesThatAreBuiltHereGetATagOfTheProjects() throws {
        let text = """
            services:
              api: {image: "shop/api:dev", build: .}
              worker: {image: "shop/api:dev"}
              db: {image: postgres}
              plain: {build: .}
              follows: {image: "x:${COMPOSE_PROJECT_NAME}", build: .}
            """
        #expect(
            try override(text, .images) == """
                services:
                  "api":
                    "image": "shop/api:dev-p"
                  "worker":
                    "image": "shop/api:dev-p"

                """)
    }

    @Test func furtherTagsAndBuildsOnThemFollow() throws {
        let text = """
            services:
              api: {image: "shop/api:dev", build: {context: ., tags: ["shop/api:a", "x:${COMPOSE_PROJECT_NAME}"]}}
              child: {build: {dockerfile_inline: "FROM shop/api:dev AS x\nCOPY --from=shop/api:other /a /b"}}
              chosen: {build: {context: ., args: {BASE: "docker.io/shop/api:dev"}}}
              other: {build: {dockerfile_inline: "FROM shop/api:development"}}
            """
        #expect(
            try override(text, .images) == """
                services:
                  "api":
                    "image": "shop/api:dev-p"
                    "build": { "tags": !override ["shop/api:a-p", "x:w"] }
                  "child":
                    "build": { "additional_contexts": { "shop/api:dev": "docker-image://shop/api:dev-p" } }
                  "chosen":
                    "build": { "additional_contexts": { "shop/api:dev": "docker-image://shop/api:dev-p" } }

                """)
    }
}
