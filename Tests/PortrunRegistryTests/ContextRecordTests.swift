import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct ContextRecordTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func twoClonesOnOneBranchAreTwoContexts() throws {
        let (first, second) = (clone(at: "/a"), clone(at: "/b"))
        #expect(try record(first, living: ["/a", "/b"]).identity == "url:main")
        #expect(try record(second, living: ["/a", "/b"]).identity == "url:main@/b")
        #expect(try record(first, living: ["/a", "/b"]).identity == "url:main")
        #expect(try record(second, living: ["/a", "/b"]).identity == "url:main@/b")
        #expect(try record(clone(at: "/c"), living: ["/a", "/b", "/c"]).identity == "url:main@/c")
    }

    @Test func aMovedFolderKeepsItsPorts() throws {
        let port = try test.port(.command(), for: clone(at: "/old"))
        let record = try record(clone(at: "/new"), living: ["/new"])
        #expect(record.identity == "url:main")
        #expect(try test.port(.command(), for: clone(at: "/new")) == port)
        #expect(try test.write { try $0.find(identity: "url:main") }?.path == "/new")
    }

    @Test func aSecondCloneKeepsItsPortsWhenTheFirstIsGone() throws {
        _ = try record(clone(at: "/a"), living: ["/a", "/b"])
        let before = try record(clone(at: "/b"), living: ["/a", "/b"])
        #expect(try record(clone(at: "/b"), living: ["/b"]) == before)
    }

    @Test func aSecondCloneKeepsItsPortsWhenTheFirstIsForgotten() throws {
        let living: Set = ["/a", "/b"]
        _ = try record(clone(at: "/a"), living: living)
        let before = try record(clone(at: "/b"), living: living)
        try test.write { transaction in
            _ = try transaction.book([.command()], for: before, terms: BookingTerms())
            try transaction.dropEmptyContexts()
        }
        #expect(try record(clone(at: "/b"), living: ["/b"]) == before)
    }

    @Test func theFirstCloneComesBackFromAnotherBranchToItsPorts() throws {
        let before = try ["/a", "/b"].map { try record(clone(at: $0), living: ["/a", "/b"]) }
        _ = try record(clone(at: "/b"), living: ["/b"])
        #expect(try ["/a", "/b"].map { try record(clone(at: $0), living: ["/a", "/b"]) } == before)
    }

    @Test func aProjectNameIsTheLabelMadeValid() throws {
        #expect(try projectName(of: .named("MyApp/Feature Auth")) == "myapp-feature-auth")
        #expect(try projectName(of: .named("MyApp/Feature Auth")) == "myapp-feature-auth")
    }

    @Test func aProjectNameIsUniqueMachineWide() throws {
        let contexts = [
            Context.named("my/app"), .named("my-app", at: "/b"), .named("my app", at: "/c"),
            .named("My.App", at: "/d"),
        ]
        let names = try contexts.map { try projectName(of: $0) }
        #expect(names[0] == "my-app")
        #expect(Set(names).count == 4)
        #expect(try contexts.map { try projectName(of: $0) } == names, "and stays")
    }

    @Test func theOnlyFolderOutsideGitHasComposesOwnName() throws {
        let folders = ["/a/shop", "/b/shop"].map { Context.named("shop", at: $0, identity: $0) }
        #expect(try projectName(of: folders[0], own: "store") == "store")
        #expect(try projectName(of: folders[1], own: "store") == "store-\(folders[1].hash)")
        #expect(try projectName(of: .named("other"), own: "store") == "other", "whoever is named has a name of his own")
    }

    @Test func followsTheBranch() throws {
        let first = clone(at: "/a")
        _ = try record(first, living: ["/a"])
        let other = Context(
            identity: first.identity, label: first.label, app: first.app, instance: first.instance, path: first.path,
            remote: nil, branch: nil, repository: "/repository", isMain: false, folder: "", warnings: [])
        _ = try record(other, living: ["/a"])
        let found = try record(other, living: ["/a"])
        #expect(found.branch == nil && found.repository == "/repository")
    }

    /// Its branch was switched while a command ran there, and is checked out elsewhere now.
    @Test func staysWithACommandThatRuns() throws {
        let here = ScratchFolder()
        try here.make()
        let (first, there) = (worktree(at: here.path), worktree(at: "/b"))
        try test.launch([.command()], pid: 7, for: first)
        #expect(try record(there, living: []).path == "/b")
        #expect(try record(first, living: []).path == here.path)
    }

    @Test func anUnusedRecordIsTouchedAtMostOnceAnHour() throws {
        let context = clone(at: "/a")
        let first = try record(context, living: ["/a"])
        func touch(after seconds: Int64) throws -> Int64 {
            test.facts.now += seconds
            try test.write { transaction in
                try transaction.touch(#require(try transaction.find(identity: context.identity)))
            }
            return try record(context, living: ["/a"]).lastUsed
        }
        #expect(try touch(after: 3600) == first.lastUsed)
        #expect(try touch(after: 1) == first.lastUsed + 3601)
        #expect(try touch(after: -10_000) == first.lastUsed - 6399, "a clock that was set back is believed")
    }

    private func worktree(at path: String) -> Context {
        .named("myapp/main", at: path, identity: "url:main", repository: "/repository")
    }

    private func clone(at path: String) -> Context { .named("myapp/main", at: path, identity: "url:main") }

    private func record(_ context: Context, living: Set<String>) throws -> ContextRecord {
        try test.write { try $0.record(context) { path, _ in living.contains(path) }.record }
    }

    private func projectName(of context: Context, own: String? = nil) throws -> String {
        try test.write { transaction in
            let (record, context) = try transaction.record(context, stillResolves: TestRegistry.nobody)
            return try transaction.projectName(of: record, context, own: own)
        }
    }
}
