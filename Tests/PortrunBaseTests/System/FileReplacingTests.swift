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
