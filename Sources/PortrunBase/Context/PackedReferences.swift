/// One reference looked up in `packed-refs`, which may have hundreds of thousands (git-pack-refs(1);
/// refs/packed-backend.c).
enum PackedReferences {
    /// How much is read at once.
    static let windowSize = 64 << 10
    /// Room for a reference's line with the next one, and what is left of the line before.
    private static let probeSize = 4 << 10

    /// Whether there is `reference`, by its full name, among the lines of `content`.
    static func has(_ reference: String, in content: [UInt8]) -> Bool {
        // `<object name> <reference>`, a line each.
        let ending = Array(" \(reference)".utf8)
        return content.withUnsafeBytes { content in
            guard var line = content.baseAddress else { return false }
            let last = line + content.count
            while line < last,
                let end = memchr(line, CInt(UInt8(ascii: "\n")), last - line).map({ UnsafeRawPointer($0) })
            {
                if end - line > ending.count, memcmp(end - ending.count, ending, ending.count) == 0 { return true }
                line = end + 1
            }
            return false
        }
    }

    /// Likewise for the file at `path`, the half of which is left at each step, as git does it.
    ///
    /// - Returns: nil when it does not say that its lines are in order, or they are none of git's.
    static func search(for reference: String, at path: String) -> Bool? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileSystem.kind(of: status) == .file,
            let start = endOfHeader(of: read(descriptor, at: 0, probeSize))
        else { return nil }
        let name = Array(reference.utf8)
        // Both at the start of a line, but for the end of the file; the line looked for is between them.
        var (first, last) = (start, Int(status.st_size))
        while last - first > windowSize {
            let middle = first + (last - first) / 2
            let bytes = read(descriptor, at: middle, probeSize)
            guard let line = firstLine(in: bytes) else { return nil }
            if isOrdered(name, before: bytes[line.name]) {
                last = middle + line.start
            } else {
                first = middle + line.start
            }
        }
        return has(reference, in: read(descriptor, at: first, last - first))
    }

    /// Where the lines of references begin, if the header says that they are in order.
    private static func endOfHeader(of bytes: [UInt8]) -> Int? {
        guard bytes.first == UInt8(ascii: "#"), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        return words.contains { $0 == "sorted" } ? end + 1 : nil
    }

    /// The first whole line of a reference in a part of the file, and where its name is.
    private static func firstLine(in bytes: [UInt8]) -> (start: Int, name: Range<Int>)? {
        let lineFeed = UInt8(ascii: "\n")
        guard var end = bytes.firstIndex(of: lineFeed) else { return nil }
        while true {
            let start = end + 1
            guard let next = bytes[start...].firstIndex(of: lineFeed) else { return nil }
            end = next
            // The object that the tag above points to.
            if bytes[start] == UInt8(ascii: "^") { continue }
            guard let space = bytes[start..<end].firstIndex(of: UInt8(ascii: " ")) else { return nil }
            return (start, (space + 1)..<end)
        }
    }

    /// By bytes, as strcmp(3) has it.
    private static func isOrdered(_ name: [UInt8], before other: ArraySlice<UInt8>) -> Bool {
        name.lexicographicallyPrecedes(other)
    }

    /// Up to `count` bytes from `offset` on; fewer at the end of the file.
    private static func read(_ descriptor: Int32, at offset: Int, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            while length < count {
                let got = pread(descriptor, buffer.baseAddress! + length, count - length, off_t(offset + length))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                length += got
            }
        }
    }
}
