import TestSupport
import Testing

@testable import PortrunBase

struct FileLockTests {
    @Test func oneAtATime() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        let lock = try #require(try FileLock(path))
        #expect(try FileLock(path) == nil)
        lock.release()
        try #require(try FileLock(path)).release()
    }

    /// Who asks makes no file, and a file that nobody has locked is nobody's.
    @Test func nobodyHasWhatIsFree() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        #expect(FileLock.holder(at: path) == nil && access(path, F_OK) != 0)
        try #require(try FileLock(path)).release()
        #expect(FileLock.holder(at: path) == nil && access(path, F_OK) == 0)
    }

    @Test func followsNoLink() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "other")
        symlink(folder.path + "/other", folder.path + "/lock")
        #expect(throws: FileError.failed(path: folder.path + "/lock", code: ELOOP)) {
            try FileLock(folder.path + "/lock")
        }
    }
}
