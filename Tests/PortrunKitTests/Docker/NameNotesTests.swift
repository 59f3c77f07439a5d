import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// The names that checkouts of one repository know of each other.
struct NameNotesTests {
    private let folder: TemporaryFolder
    private let main: NameNotes
    private let feature: NameNotes
    private let other: NameNotes

    init() throws {
        let folder = try TemporaryFolder()
        func notes(_ path: String, _ remote: String) -> NameNotes {
            let context = Context(
                identity: path, label: "x", app: "x", instance: "", path: path, remote: remote, branch: nil,
                repository: path, isMain: false, folder: "", warnings: [])
            return NameNotes(context, in: StateFolder(folder.path))
        }
        main = notes("/src/shop", "git@x:shop.git")
        feature = notes("/src/clone", "git@x:shop.git")
        other = notes("/src/other", "git@x:other.git")
        self.folder = folder
    }

    @Test func aRepositorysCheckoutsShareThem() {
        main.add(NameNote(text: "shop-pg", kind: .container, name: .given("shop-pg")))
        #expect(feature.name("shop-pg", .container) == .given("shop-pg"))
        #expect(feature.name("shop-pg", .volume) == nil && feature.name("shop", .container) == nil)
        #expect(other.name("shop-pg", .container) == nil)
    }

    @Test func theFirstNoteStays() {
        main.add(NameNote(text: "deploy-db-1", kind: .container, name: .ofProject(ending: "-db-1")))
        feature.add(NameNote(text: "deploy-db-1", kind: .container, name: .given("deploy-db-1")))
        #expect(main.name("deploy-db-1", .container) == .ofProject(ending: "-db-1"))
    }

    @Test(arguments: [
        ("pg", OwnName.containing("pg")), ("shop-pg", .containing("shop-pg")), ("deploy-db", .ofProject(ending: "-db")),
        ("deploy", .ofProject(ending: "")),
    ])
    func aPartOfANameIsKnown(_ part: String, _ expected: OwnName) {
        main.add(NameNote(text: "shop-pg", kind: .container, name: .given("shop-pg")))
        main.add(NameNote(text: "deploy-db-1", kind: .container, name: .ofProject(ending: "-db-1")))
        #expect(feature.name(ofPart: part) == expected)
        #expect(feature.name(ofPart: "redis") == nil)
    }

    @Test func demandedProjectsAndBuiltImagesAreKnown() {
        main.add(NameNote(text: "ci", kind: .project, name: .ofDemanded(project: "ci", ending: "")))
        main.add(NameNote(text: "shop/api:dev", kind: .image, name: .image("shop/api:dev")))
        #expect(feature.projects(of: "ci-db-1") == ["ci"] && feature.projects(of: "cid-db-1") == [])
        #expect(feature.name("ci", .project)?.text(in: "shop-x") == "ci-shop-x")
        #expect(feature.built(of: ["shop/api:dev", "postgres"]) == ["shop/api:dev"])
    }

    @Test func eachNamesItsOwner() throws {
        main.add(NameNote(text: "a", kind: .network, name: .given("a")))
        let files = FileOwner.files(in: StateFolder(folder.path))
        #expect(files.map(\.owner.folder) == ["/src/shop"], "so that gc can tell when it is of no use")
    }
}
