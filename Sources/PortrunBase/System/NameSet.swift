/// Names and what they stand for, by their hashes: few bytes, and no String for each.
///
/// For `gc`, which looks up thousands of names once: a dictionary would spend most of its time on making strings. Two
/// names of one hash, one in 2^62, are taken for each other.
struct NameSet: Equatable {
    /// Each the hash of a name, with its kind in the two lowest bits, at the first free slot behind the one that the
    /// hash names; 0 for a free one. A power of two, and never more than half of them taken.
    private(set) var slots = [UInt64](repeating: 0, count: 128)
    private(set) var count = 0

    init() {}

    /// - Parameter slots: those of another set.
    /// - Returns: nil when they can be none's.
    init?(slots: [UInt64]) {
        count = slots.count { $0 != 0 }
        guard slots.count >= 128, slots.count.nonzeroBitCount == 1, count * 2 <= slots.count else { return nil }
        self.slots = slots
    }

    /// Adds a name that is not there yet.
    mutating func insert(_ name: UnsafeRawBufferPointer, _ kind: FileSystem.Kind) {
        count += 1
        if count * 2 > slots.count { grow() }
        place(Self.hash(name) | Self.mark(kind))
    }

    /// Likewise.
    mutating func insert(_ name: some Sequence<UInt8>, _ kind: FileSystem.Kind) {
        Array(name).withUnsafeBytes { insert($0, kind) }
    }

    func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { kind(of: UnsafeRawBufferPointer($0)) } != nil
    }

    /// The kind of the file called `name`; nil when it is not there.
    func kind(of name: UnsafeRawBufferPointer) -> FileSystem.Kind? {
        let hash = Self.hash(name)
        var slot = slot(of: hash)
        while slots[slot] != 0 {
            if slots[slot] & ~3 == hash { return Self.kind(slots[slot] & 3) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func grow() {
        let entries = slots
        slots = [UInt64](repeating: 0, count: entries.count * 2)
        for entry in entries where entry != 0 { place(entry) }
    }

    private mutating func place(_ entry: UInt64) {
        var slot = slot(of: entry)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    private func slot(of entry: UInt64) -> Int { Int(truncatingIfNeeded: entry >> 2) & (slots.count - 1) }

    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash = FNV1a()
        hash.add(name)
        return hash.value << 2
    }

    private static func mark(_ kind: FileSystem.Kind) -> UInt64 {
        switch kind {
        case .file: 1
        case .directory: 2
        case .other: 3
        }
    }

    private static func kind(_ mark: UInt64) -> FileSystem.Kind { mark == 1 ? .file : mark == 2 ? .directory : .other }
}
