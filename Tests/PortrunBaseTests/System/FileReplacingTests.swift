import TestSupport
import Testing

@testable import PortrunBase

@Suite struct FileReplacingTests {
    @Test func leavesOnlyTheNewContentForItsOwnerAlone() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/file"
        for content in [[1, 2, 3], [4]] as [[UInt8]] {
            try FileSystem.replace(path, with: content)
            #expect(try FileSystem.read(path) == content)
        }
        #expect(try mode(of: path) == 0o600)
        #expect(FileSystem.names(in: folder.path) == ["file"])
    }

    @Test func keepsTheModeOfAFileThatItIsToBeLike() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/file"
        try FileSystem.replace(path, with: [1])
        chmod(path, 0o640)
        var status = stat()
        stat(path, &status)
        try FileSystem.replace(path, with: [2], access: .like(status), isDurable: true)
        #expect(try FileSystem.read(path) == [2])
        #expect(try mode(of: path) == 0o640)
    }

    /// Nobody's file is to be written to by way of a link that somebody has put there.
    @Test func followsNoLink() throws {
        let folder = try TemporaryFolder()
        let (path, other) = (folder.path + "/file", folder.path + "/other")
        try FileSystem.replace(other, with: [1])
        #expect(symlink(other, path) == 0)
        #expect(symlink(other, path + ".new") == 0)
        try FileSystem.replace(path, with: [2], by: path + ".new")
        #expect(try FileSystem.read(path) == [2])
        #expect(try FileSystem.read(other) == [1])
        #expect(FileSystem.names(in: folder.path)?.sorted() == ["file", "other"])
    }

    /// As far as the file system lets it, nothing else is ever there.
    @Test func writesToAFolderOfItsOwnFirst() throws {
        let folder = try TemporaryFolder()
        let (path, drafts) = (folder.path + "/a/file", folder.path + "/drafts")
        for folder in [Path.parent(path), drafts] { #expect(mkdir(folder, 0o700) == 0) }
        for content in [[1], [2]] as [[UInt8]] {
            try FileSystem.replace(path, with: content, access: .mode(0o640), isDurable: true, drafts: drafts)
            #expect(try FileSystem.read(path) == content)
            #expect(FileSystem.names(in: Path.parent(path)) == ["file"])
            #expect(FileSystem.names(in: drafts) == [])
        }
        // Beside it where it cannot be written to.
        try FileSystem.replace(path, with: [3], drafts: folder.path + "/missing")
        #expect(try FileSystem.read(path) == [3])
        #expect(try mode(of: path) == 0o600)
        #expect(FileSystem.names(in: Path.parent(path)) == ["file"])
        #expect(mkdir(folder.path + "/b", 0o700) == 0)
        #expect(throws: FileError.failed(path: folder.path + "/b", code: EISDIR)) {
            try FileSystem.replace(folder.path + "/b", with: [1], drafts: drafts)
        }
        #expect(FileSystem.names(in: drafts) == [])
    }

    @Test func knowsWhatAKilledProcessLeft() throws {
        let folder = try TemporaryFolder()
        let gone = try #require(Int32(ChildProcess.run(["sh", "-c", "echo $$"], environment: .ofTests).text))
        let (left, living) = (".a.b.123.\(gone)", ".a.b.123.\(getpid())")
        let others = ["a.b.123.\(gone)", ".a.\(gone)", ".a.b.x.\(gone)", "backup.\(gone)", ".a.b.123.0", ".a.b.123"]
        for name in [left, living, ".c.7.\(gone)"] + others {
            try folder.write("", to: name)
            FileSystem.setModified("\(folder.path)/\(name)", to: 1000)
        }
        let both = [left, ".c.7.\(gone)"].map { "\(folder.path)/\($0)" }
        #expect(FileSystem.unfinished(in: folder.path, now: 2000) == both)
        #expect(FileSystem.unfinished(in: folder.path, of: "a.b", now: 2000) == [both[0]])
        #expect(FileSystem.unfinished(in: folder.path, of: "b", now: 2000).isEmpty)
        #expect(FileSystem.unfinished(in: folder.path, now: 1030).isEmpty)
    }

    @Test func usesNoFolderThatOthersMayChange() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/part"
        for _ in 1...2 { try FileSystem.makeFolder(path) }
        #expect(try mode(of: path) == 0o700)
        chmod(path, 0o770)
        #expect(throws: FileError.untrusted(.writable(path: path, owner: geteuid(), mode: 0o770, isMadeAnew: true))) {
            try FileSystem.makeFolder(path)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func whatRootMakesBelongsToTheOwnerOfTheFolder() throws {
        let folder = try TemporaryFolder()
        #expect(chown(folder.path, 4242, 4243) == 0)
        let part = folder.path + "/part"
        try FileSystem.makeFolder(part)
        try FileSystem.replace(part + "/file", with: [1])
        #expect(symlink("file", part + "/link") == 0)
        FileSystem.giveToOwnerOfFolder(part + "/link")
        for path in [part, part + "/file", part + "/link"] {
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_uid == 4242 && status.st_gid == 4243, "\(path)")
        }
        // What stands there instead by now is not given away.
        #expect(link("/etc/passwd", part + "/other") == 0 || errno == EXDEV)
        FileSystem.giveToOwnerOfFolder(part + "/other")
        var status = stat()
        #expect(stat("/etc/passwd", &status) == 0 && status.st_uid == 0)
    }

    @Test func leavesNothingBehindAFailure() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/file"
        #expect(mkdir(path, 0o700) == 0)
        #expect(throws: FileError.failed(path: path, code: EISDIR)) { try FileSystem.replace(path, with: [1]) }
        #expect(FileSystem.names(in: folder.path) == ["file"])
    }

    private func mode(of path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }
}
