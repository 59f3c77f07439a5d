import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct NameCacheTests {
    let sandbox: GitSandbox
    private let file: String

    init() throws {
        sandbox = try GitSandbox()
        file = sandbox.path("names")
        try sandbox.makeFolder("folder/one")
        try sandbox.makeFolder("folder/two")
        // So that whatever changes it gives it another time.
        FileSystem.setModified(sandbox.path("folder"), to: 1_000_000_000)
    }

    @Test func readsAFolderOnceWhileItStaysAsItIs() throws {
        #expect(names(in: "folder") == ["one", "two"])
        #expect(names(in: "folder") == nil)
    }

    @Test(arguments: ["mkdir new", "rmdir two", "mv two three", "rm -r ../folder; mkdir ../folder"])
    func readsAFolderAnewThatHasChanged(by change: String) throws {
        _ = names(in: "folder")
        try shell(change, in: "folder")
        #expect(names(in: "folder") != nil)
        #expect(names(in: "folder") == nil)
    }

    @Test func readsAFolderAnewThatAnotherOneStandsInTheWayOf() throws {
        _ = names(in: "folder")
        try shell("mkdir other && touch -r folder other && mv folder old && mv other folder", in: "")
        #expect(names(in: "folder") == [])
    }

    /// What is written in the same step of the file system's clock would not show.
    @Test(arguments: [0, 1, 2])
    func doesNotKeepAFolderThatHasJustChanged(seconds: Int64) throws {
        try shell("touch folder", in: "")
        let now = Int64(try #require(FileSystem.modified(sandbox.path("folder"))).tv_sec) + seconds
        #expect(names(in: "folder", now: now) != nil)
        #expect(names(in: "folder", now: now) != nil)
    }

    @Test func doesNotKeepWhatIsInTheFuture() throws {
        #expect(names(in: "folder", now: 1) != nil)
        #expect(names(in: "folder") != nil)
    }

    @Test func forgetsWhatNobodyAsksAbout() throws {
        _ = names(in: "folder")
        try sandbox.makeFolder("other")
        _ = names(in: "other")
        #expect(names(in: "folder") != nil)
    }

    @Test func doesNotKeepAFolderWithoutBounds() throws {
        try shell("seq -f f%g 5000 | xargs touch", in: "folder")
        #expect(names(in: "folder")?.count == 5002)
        #expect(names(in: "folder")?.count == 5002)
    }

    /// Nothing but names that are there is ever taken from a file that something else has written to.
    @Test func survivesAnyFile() throws {
        _ = names(in: "folder")
        let sound = try FileSystem.read(file)
        var random = SeededGenerator(state: 42)
        for length in 0..<sound.count {
            try FileSystem.replace(file, with: Array(sound.prefix(length)))
            #expect(names(in: "folder") != nil)
        }
        for _ in 0..<2000 {
            var bytes = sound
            for _ in 0...Int(random.next() % 3) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            try FileSystem.replace(file, with: bytes)
            let lookup = PathLookup(cache: cache())
            #expect(lookup.kind(of: sandbox.path("folder/three")) == nil)
            #expect(lookup.kind(of: sandbox.path("folder/one")) != nil)
        }
    }

    private func shell(_ script: String, in folder: String) throws {
        let answer = ChildProcess.run(["sh", "-c", "cd '\(sandbox.path(folder))' && \(script)"], environment: .ofTests)
        try #require(answer.status == 0)
    }

    private func cache(now: Int64 = .max) -> NameCache { NameCache(at: file, now: now) }

    /// Those that were read, in order; nil when they came out of the cache.
    private func names(in folder: String, now: Int64 = .max) -> [String]? {
        let cache = cache(now: now)
        var read: [String]?
        let path = sandbox.path(folder)
        let names = cache.names(at: path) {
            read = (FileSystem.names(in: path) ?? []).sorted()
            var names = NameSet()
            for name in read ?? [] { Array(name.utf8).withUnsafeBytes { names.insert($0, .directory) } }
            return names
        }
        for name in ["one", "two"] {
            let kind = Array(name.utf8).withUnsafeBytes { names?.kind(of: $0) }
            #expect((kind != nil) == (FileSystem.kind(of: "\(path)/\(name)") != nil))
        }
        cache.save()
        return read
    }
}
