/// The names that folders hold, kept in a file from one `gc` to the next: a folder that has not changed is not read again.
///
/// Only for what may be believed when it says that a name is there. What is missing has to be looked at: the file may
/// be anything, and what cannot be used of it is ignored.
package final class NameCache {
    private let path: String
    private let now: Int64
    /// The entries that the file had.
    private let known: [ExactString: Entry]
    /// The entries that have been asked about.
    private var used: [ExactString: Entry] = [:]
    private var isChanged = false

    private struct Entry {
        let stamp: FileStamp
        let names: NameSet
    }

    /// The first line of the file; another version of the format would have another.
    private static let mark = Array("portrun names 1\n".utf8)
    /// A folder of more names is read each time, or its file would cost more than it saves.
    private static let largest = 4096

    /// - Parameters:
    ///   - path: of its file, which need not be there.
    ///   - now: seconds since 1970.
    package init(at path: String, now: Int64) {
        self.path = path
        self.now = now
        known = (try? FileSystem.read(path)).flatMap(Self.entries) ?? [:]
    }

    /// The names that `read` gives for the folder or file at `path`, remembered while that is unchanged.
    func names(at path: String, read: () -> NameSet?) -> NameSet? {
        // Looked at before it is read: a change in between shows the next time.
        guard let stamp = FileStamp(of: path) else { return read() }
        if let entry = known[path], entry.stamp == stamp {
            used[path] = entry
            return entry.names
        }
        guard let names = read() else { return nil }
        if stamp.isSettled(now: now), names.count <= Self.largest {
            used[path] = Entry(stamp: stamp, names: names)
            isChanged = true
        }
        return names
    }

    /// The names known of the folder at `path` without reading it; nil when none are known.
    func names(at path: String) -> NameSet? {
        known[path] == nil ? nil : names(at: path) { nil }
    }

    /// Writes the file anew if it has to be, with what has been asked about only.
    ///
    /// A failure costs the next `gc` some time, and nothing else. Not for two processes at once: what one that is
    /// killed leaves of the file is the next one's to write over.
    package func save() {
        guard isChanged else { return }
        var bytes = Self.mark
        for (path, entry) in used {
            Self.append(
                [UInt64(path.text.utf8.count), UInt64(entry.names.slots.count)] + entry.stamp.words, to: &bytes)
            bytes += path.text.utf8
            Self.append(entry.names.slots, to: &bytes)
        }
        try? FileSystem.replace(path, with: bytes, by: path + ".new")
    }

    private static func append(_ words: [UInt64], to bytes: inout [UInt8]) {
        words.withUnsafeBytes { bytes += $0 }
    }

    /// - Returns: nil for a file that is damaged, or none of these.
    private static func entries(_ bytes: [UInt8]) -> [ExactString: Entry]? {
        guard bytes.starts(with: mark) else { return nil }
        var rest = bytes[mark.count...]
        func words(_ count: UInt64) -> [UInt64]? {
            guard count <= rest.count / 8 else { return nil }
            let words = [UInt64](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
                UnsafeMutableRawBufferPointer(buffer).copyBytes(from: rest.prefix(Int(count) * 8))
                filled = Int(count)
            }
            rest = rest.dropFirst(words.count * 8)
            return words
        }
        var entries: [ExactString: Entry] = [:]
        while !rest.isEmpty {
            guard let lengths = words(2), let stamp = words(UInt64(FileStamp.count)), lengths[0] <= rest.count
            else { return nil }
            let path = String(decoding: rest.prefix(Int(lengths[0])), as: UTF8.self)
            rest = rest.dropFirst(Int(lengths[0]))
            guard let names = words(lengths[1]).flatMap(NameSet.init(slots:)) else { return nil }
            entries[path] = Entry(stamp: FileStamp(words: stamp), names: names)
        }
        return entries
    }
}
