/// The names by which a browser or program outside the containers calls this machine.
///
/// Not among them is `0.0.0.0`: what a container has with that is where it listens itself.
package enum LocalHost {
    /// True when `bytes` end in such a name and a colon: `http://localhost:`, `A=127.0.0.1:`, `ws://[::1]:`.
    package static func endsBeforePort(_ bytes: [UInt8]) -> Bool {
        guard bytes.last == UInt8(ascii: ":") else { return false }
        let end = bytes.count - 1
        if hasSuffix("[::1]", bytes[..<end]) { return true }
        var start = end
        while start > 0, isPartOfName(bytes[start - 1]) { start -= 1 }
        return isName(bytes[start..<end])
    }

    /// True for `localhost` and the names below it, 127.0.0.0/8, and the engine's name for the host.
    package static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        isWhole("localhost", name) || hasSuffix(".localhost", name) || isWhole("host.docker.internal", name)
            || isLoopback(name)
    }

    /// True for what cannot follow a port that ends: `localhost:80${X}` says nothing of port 80.
    package static func continuesPort(_ byte: UInt8) -> Bool { isPartOfName(byte) || byte == UInt8(ascii: "$") }

    /// Four groups of digits, the first of them 127.
    private static func isLoopback(_ name: ArraySlice<UInt8>) -> Bool {
        var dots = 0
        for byte in name {
            if byte == UInt8(ascii: ".") {
                dots += 1
            } else if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                return false
            }
        }
        return dots == 3 && name.starts(with: [UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "7")])
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isWhole(_ word: StaticString, _ name: ArraySlice<UInt8>) -> Bool {
        name.count == word.utf8CodeUnitCount && hasSuffix(word, name)
    }

    /// Compares without case, as host names have none.
    private static func hasSuffix(_ word: StaticString, _ name: ArraySlice<UInt8>) -> Bool {
        let count = word.utf8CodeUnitCount
        guard name.count >= count else { return false }
        for offset in 0..<count {
            let byte = name[name.endIndex - count + offset]
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if (isCapital ? byte | 0x20 : byte) != word.utf8Start[offset] { return false }
        }
        return true
    }
}
