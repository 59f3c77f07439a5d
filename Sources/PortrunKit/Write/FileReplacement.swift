import PortrunBase

/// Replaces a file as a whole: whoever opens it reads the old content or the new one, and after a crash too.
///
/// A link stays, and the file that it leads to is replaced. Mode, owner and group are kept; another hard link keeps the
/// old content, and what else there is, such as an ACL, goes. Who writes to the file between `init` and `write` loses
/// that: no system call replaces a file only if it is unchanged.
package struct FileReplacement {
    /// Without links.
    let path: String
    /// nil when there is none yet.
    package let content: [UInt8]?
    private let status: stat?

    /// - Parameter name: absolute.
    package init(_ name: String) throws(WriteError) {
        if let real = try Self.resolved(name) {
            path = real
            var status = stat()
            guard stat(real, &status) == 0 else { throw .file(.failed(path: name, code: errno)) }
            self.status = status
            do { content = try FileSystem.read(real) } catch { throw .file(error) }
        } else {
            guard FileSystem.link(at: name) == nil else { throw .danglingLink(path: name) }
            let folder = try Self.resolved(Path.parent(name))
            path = folder.map { Path.absolute(Path.lastName(name), in: $0) } ?? name
            content = nil
            status = nil
        }
    }

    /// Refuses what a link leads out of a checkout, or to git's own files: a project's links are no word of the user's.
    ///
    /// - Parameters:
    ///   - folder: of the checkout that the user is in; any other that has the file counts too.
    ///   - name: the file by the user's word; absolute.
    ///   - file: what the user has typed.
    package func stays(in folder: String, _ name: String, named file: String) throws(WriteError) {
        try Self.stays(path, in: folder, name, named: file)
    }

    /// The content of a template, read as a look reads a project's files: it is no FIFO, no device, and nothing that the
    /// kernel makes up, and no link leads out of the checkout. The parameters are those of `stays`.
    package static func template(
        in folder: String, _ name: String, named file: String
    ) throws(WriteError) -> [UInt8] {
        if let real = try resolved(name) { try stays(real, in: folder, name, named: file) }
        do throws(FileError) {
            return try Look(.ofWriting).read(name)
        } catch .leftOut {
            throw .file(.tooLarge(path: name, limit: LookLimits.ofWriting[.bytes]))
        } catch {
            throw .file(error)
        }
    }

    private static func stays(
        _ path: String, in folder: String, _ name: String, named file: String
    ) throws(WriteError) {
        let isAsNamed = path.components(named: ".git") == name.components(named: ".git")
        var parent = Path.parent(name)
        var checkouts = Path.relative(name, to: folder) == nil ? [] : [folder]
        while parent != "/" {
            if FileSystem.kind(of: parent + "/.git") != nil { checkouts.append(parent) }
            parent = Path.parent(parent)
        }
        let real = FileSystem.resolved(Path.parent(path)).map { $0 + "/" } ?? path
        let isInside = checkouts.allSatisfy { checkout in
            FileSystem.resolved(checkout).map { Path.relative(real, to: $0) != nil } ?? true
        }
        guard isAsNamed, isInside else { throw .leadsOut(file: file, real: path) }
    }

    /// `name` without links; nil when nothing is there.
    ///
    /// Root follows no user's link to what is not that user's as well.
    private static func resolved(_ name: String) throws(WriteError) -> String? {
        guard let real = FileSystem.resolved(name) else { return nil }
        guard Trust.isRoot else { return real }
        do throws(TrustError) {
            return try TrustedPath.resolved(name, checking: false)
        } catch {
            throw .file(.untrusted(error))
        }
    }

    /// - Parameters:
    ///   - isKeepingBackup: leave the old content beside it, in a file with `.bak` behind its name.
    ///   - state: where portrun keeps what it has not finished.
    ///   - now: seconds since 1970.
    package func write(_ new: [UInt8], isKeepingBackup: Bool, state: StateFolder, now: Int64) throws(WriteError) {
        if isKeepingBackup, let content { try place(content, at: path + ".bak", state, now) }
        try place(new, at: path, state, now)
    }

    /// nil where the folder cannot be made: that is no reason not to write a file elsewhere.
    private func drafts(in state: StateFolder) throws(FileError) -> String? {
        let folder = state.folder(of: .drafts)
        do throws(FileError) {
            try FileSystem.makeFolder(folder)
            return folder
        } catch .failed {
            return nil
        }
    }

    private func place(_ content: [UInt8], at path: String, _ state: StateFolder, _ now: Int64) throws(WriteError) {
        // Left by a process that was killed where the file system made it write beside the file.
        for draft in FileSystem.unfinished(in: Path.parent(path), of: Path.lastName(path), now: now) { unlink(draft) }
        do throws(FileError) {
            try FileSystem.replace(
                path, with: content, access: status.map { .like($0) } ?? .mode(0o666), isDurable: true,
                drafts: try drafts(in: state))
        } catch {
            throw .file(error)
        }
    }
}

extension String {
    /// How many parts of a path are called so.
    fileprivate func components(named name: String) -> Int {
        utf8.split(separator: UInt8(ascii: "/")).count { $0.elementsEqual(name.utf8) }
    }
}
