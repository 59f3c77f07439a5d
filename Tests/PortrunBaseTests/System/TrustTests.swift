import TestSupport
import Testing

@testable import PortrunBase

@Suite struct TrustTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [mode_t(0o700), 0o755, 0o2711]) func isForWhatOthersCanOnlyRead(_ mode: mode_t) {
        #expect(chmod(folder.path, mode) == 0)
        #expect(Trust.problem(at: folder.path, served: nil) == nil)
    }

    @Test(arguments: [mode_t(0o720), 0o702, 0o777]) func isNotForWhatOthersCanChange(_ mode: mode_t) {
        #expect(chmod(folder.path, mode) == 0)
        let problem = Trust.problem(at: folder.path, served: folder.path)
        #expect(problem == .writable(path: folder.path, owner: geteuid(), mode: UInt32(mode), isMadeAnew: false))
        #expect(problem?.hint == "chmod go-w \(folder.path)")
    }

    /// Others can put into a sticky folder what is not there yet.
    @Test func isNotForAFolderLikeTmp() {
        #expect(chmod(folder.path, 0o1777) == 0)
        #expect(
            Trust.problem(at: folder.path, served: nil)
                == .writable(path: folder.path, owner: geteuid(), mode: 0o1777, isMadeAnew: false))
        let problem = TrustError.writable(path: "/tmp", owner: 0, mode: 0o1777, isMadeAnew: false)
        #expect(problem.message == "other users may write to `/tmp`, which belongs to root (mode 1777)")
        #expect(problem.hint?.contains("`--registry`") == true, "nobody is to change /tmp")
    }

    /// What the group has not used is easily mended; what everybody could write to is moved away, with all that is in it.
    @Test func theNextStepForAFolderOfTheStateLosesNothing() throws {
        try folder.write("", to: "overrides/file")
        let path = folder.path + "/overrides"
        func hint(_ mode: mode_t) -> String? {
            chmod(path, mode)
            return Trust.problem(at: path, served: folder.path, isMadeAnew: true)?.hint
        }
        #expect(hint(0o770) == "chmod go-w \(path)")
        #expect(hint(0o777) == "mv \(path) \(path).old")
        guard geteuid() == 0 else { return }
        #expect(chown(path + "/file", 4242, 4242) == 0)
        #expect(hint(0o770) == "mv \(path) \(path).old")
    }

    @Test func isForWhatIsNotThereYet() {
        #expect(Trust.problem(at: folder.path + "/missing", served: nil) == nil)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func isNotForAnothersUnlessRootWorksForThem() throws {
        let (theirs, home) = (folder.path + "/it's theirs", folder.path + "/home")
        for path in [theirs, home] { #expect(mkdir(path, 0o700) == 0) }
        #expect(chown(theirs, 4242, 4242) == 0)
        let problem = try #require(Trust.problem(at: theirs, served: home))
        #expect(problem == .foreign(path: theirs, owner: 4242))
        #expect(
            problem.message == "`\(theirs)` belongs to another user, 4242, who may change what portrun keeps there")
        #expect(problem.hint == "mv '\(folder.path)/it'\\''s theirs' '\(folder.path)/it'\\''s theirs.old'")
        #expect(chown(home, 4242, 4242) == 0)
        #expect(Trust.problem(at: theirs, served: home) == nil)
        #expect(chown(home, 4243, 4243) == 0)
        #expect(Trust.problem(at: theirs, served: home) == problem)
    }

    @Test func aPathLeadsThroughLinksOfOnesOwn() throws {
        try folder.write("", to: "real/deep/file")
        #expect(symlink("real", folder.path + "/relative") == 0)
        #expect(symlink(folder.path + "/relative/deep/../deep", folder.path + "/absolute") == 0)
        let real = folder.path + "/real/deep/file"
        for path in ["real/deep/file", "relative/deep/file", "absolute/file", "absolute/../deep/file"] {
            #expect(try TrustedPath.resolved("\(folder.path)/\(path)") == real, "\(path)")
        }
        #expect(try TrustedPath.resolved(folder.path + "/relative/new/file") == folder.path + "/real/new/file")
    }

    @Test func aPathDoesNotLeadOutOfALoop() throws {
        #expect(symlink("loop", folder.path + "/loop") == 0)
        #expect(try TrustedPath.resolved(folder.path + "/loop/file") == folder.path + "/loop/file")
    }

    @Test func aLinkDoesNotLeadToAFolderThatOthersCanChange() throws {
        try folder.write("", to: "open/file")
        #expect(chmod(folder.path + "/open", 0o777) == 0)
        #expect(symlink("open/file", folder.path + "/file") == 0)
        #expect(
            throws: TrustError.writable(path: folder.path + "/open", owner: geteuid(), mode: 0o777, isMadeAnew: false)
        ) {
            try TrustedPath.resolved(folder.path + "/file")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give links away"), arguments: ["link", "link/file", "link/new"])
    func aPathDoesNotLeadThroughAnothersLink(_ name: String) throws {
        try folder.write("", to: "real/file")
        let link = folder.path + "/link"
        #expect(symlink("real", link) == 0)
        #expect(lchown(link, 4242, 4242) == 0)
        let path = "\(folder.path)/\(name)"
        #expect(throws: TrustError.link(path: link, owner: 4242, target: path)) { try TrustedPath.resolved(path) }
    }
}
