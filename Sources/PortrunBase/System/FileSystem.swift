/// Why a file could not be used.
package enum FileError: Error, Equatable {
    /// A system call failed with `code` (an errno value).
    case failed(path: String, code: Int32)
    /// The file holds more than the `limit` in bytes that its reader allows.
    case tooLarge(path: String, limit: Int)
    /// A folder, device or socket stands where a file should.
    case notAFile(path: String)
    /// The look that it belongs to is over: `LookEnd` says why.
    case leftOut(path: String)
    /// A new file could not be given to the owner of the old one.
    case owner(path: String, code: Int32)
    /// Another user may change what portrun would keep there.
    case untrusted(TrustError)

    package var message: String {
        switch self {
        case .failed(let path, let code): "`\(path)`: \(String(cString: strerror(code)))"
        case .tooLarge(let path, let limit): "`\(path)`: larger than \(limit / 1_048_576) MiB"
        case .notAFile(let path): "`\(path)`: not a regular file"
        case .leftOut(let path): "`\(path)`: left out"
        case .owner(let path, let code): "cannot keep the owner of `\(path)`: \(String(cString: strerror(code)))"
        case .untrusted(let problem): problem.message
        }
    }
}

/// Reading of files and folders by path, without Foundation.
package enum FileSystem {
    /// The kind of file at a path, links followed.
    package enum Kind: Sendable { case file, directory, other }

    /// The kind of file at `path`, or nil when nothing can be found there.
    package static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return kind(of: status)
    }

    /// True when it is certain that nothing stands at `path`, and not only that it cannot be looked at.
    package static func isAbsent(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 && [ENOENT, ENOTDIR].contains(errno)
    }

    /// True for a regular file at `path`, byte for byte, that this process may execute.
    package static func isExecutable(_ path: [UInt8]) -> Bool {
        var status = stat()
        return path.withCString { access($0, X_OK) == 0 && stat($0, &status) == 0 } && kind(of: status) == .file
    }

    /// When a file was last written.
    package static func modified(_ status: stat) -> timespec {
        #if canImport(Glibc)
            status.st_mtim
        #else
            status.st_mtimespec
        #endif
    }

    /// When a file's content, name or mode was last changed.
    static func changed(_ status: stat) -> timespec {
        #if canImport(Glibc)
            status.st_ctim
        #else
            status.st_ctimespec
        #endif
    }

    /// The whole content of the regular file at `path`.
    ///
    /// - Throws: `FileError`, also for a file of more than `limit` bytes. Never blocks on a FIFO.
    package static func read(_ path: String, limit: Int = 8 << 20) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .failed(path: path, code: errno) }
        guard kind(of: status) == .file else { throw .notAFile(path: path) }
        // Files below /proc say they are empty, so the size is a hint only.
        var bytes: [UInt8] = []
        var chunk = max(Int(status.st_size) + 1, 4096)
        guard status.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }
        while true {
            var failure: Int32 = 0
            let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                var got: Int
                repeat {
                    got = systemRead(descriptor, buffer.baseAddress, chunk)
                } while got < 0 && errno == EINTR
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            guard failure == 0 else { throw .failed(path: path, code: failure) }
            if part.isEmpty { return bytes }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            // Without this, another call would be needed to see that this was all.
            if bytes.count == Int(status.st_size) { return bytes }
            guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
            if part.count == chunk { chunk = max(chunk, 65536) }
        }
    }

    /// The names in the folder at `path` but `.` and `..`, in no order; nil when it cannot be read.
    ///
    /// - Parameter limit: end behind so many.
    package static func names(in path: String, limit: Int = .max) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// `path` with every link resolved, or nil when it does not exist.
    package static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Where the link at `path` points, or nil when there is none.
    package static func link(at path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            // A buffer that is not empty has an address.
            let count = readlink(path, buffer.baseAddress!, buffer.count)
            return count < 0 ? nil : String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
        }
    }

    /// When what stands at `path` was last written, since 1970; nil when there is nothing.
    package static func modified(_ path: String) -> timespec? {
        var status = stat()
        return stat(path, &status) == 0 ? modified(status) : nil
    }

    /// Has `path` look as if it were last written at `time`, in seconds since 1970.
    package static func setModified(_ path: String, to time: Int64) {
        var value = timeval()
        value.tv_sec = time_t(time)
        utimes(path, [value, value])
    }

    /// Has the file at `path` look as if it were last written at `time`; nothing happens where there is none, or a link.
    static func touch(_ path: String, at time: timespec) {
        utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
    }

    static func kind(of status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.read(descriptor, buffer, count)
    #else
        Darwin.read(descriptor, buffer, count)
    #endif
}
