/// Names and what they stand for, in few bytes and without a String for each.
///
/// For `gc`, which looks up thousands of names once: a dictionary would spend most of its time on making strings.
struct NameSet {
    /// The names, one after another.
    private var text: [UInt8] = []
    private var entries: [Entry] = []
    /// 1 + the place of an entry, at the first free slot behind the one its hash names; 0 for a free one. A power of two,
    /// and never more than half of them taken.
    private var slots = [Int32](repeating: 0, count: 128)

    init() {
        text.reserveCapacity(2048)
        entries.reserveCapacity(128)
    }

    private struct Entry {
        let start: Int
        let length: Int
        let kind: FileSystem.Kind
    }

    /// Adds a name that is not there yet.
    mutating func insert(_ name: UnsafeRawBufferPointer, _ kind: FileSystem.Kind) {
        entries.append(Entry(start: text.count, length: name.count, kind: kind))
        text += name
        if entries.count * 2 > slots.count { grow() }
        place(entries.count - 1)
    }

    /// What `name` stands for; nil when it is not there.
    func kind(of name: UnsafeRawBufferPointer) -> FileSystem.Kind? {
        text.withUnsafeBytes { text in
            var slot = Self.hash(name) & (slots.count - 1)
            while slots[slot] != 0 {
                let entry = entries[Int(slots[slot]) - 1]
                if entry.length == name.count,
                    name.isEmpty || memcmp(text.baseAddress! + entry.start, name.baseAddress!, name.count) == 0
                {
                    return entry.kind
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        for index in entries.indices.dropLast() { place(index) }
    }

    private mutating func place(_ index: Int) {
        let entry = entries[index]
        let hash = text.withUnsafeBytes {
            Self.hash(UnsafeRawBufferPointer(rebasing: $0[entry.start...].prefix(entry.length)))
        }
        var slot = hash & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index + 1)
    }

    /// FNV-1a.
    private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
