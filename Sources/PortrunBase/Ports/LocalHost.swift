/// What counts as this machine, where a text names a host.
///
/// Names may have any case, and addresses of IPv6 stand in brackets or not.
package enum LocalHost {
    /// True for what a browser or program outside the containers calls this machine by: `localhost` and the names below
    /// it (RFC 6761, section 6.3), 127.0.0.0/8, `::1`, and the engine's name for the host.
    ///
    /// Not among them is `0.0.0.0`: what a container has with that is where it listens itself.
    package static func isCalled(_ host: ArraySlice<UInt8>) -> Bool { isLoopback(host) || isEngineName(host) }

    /// True for what a value outside the containers may mean this machine by: `0.0.0.0` and `::` are often called too.
    package static func isMeant(by host: ArraySlice<UInt8>) -> Bool {
        isLoopback(host) || isEngineName(host) || isWildcard(host)
    }

    /// True for what a server on this machine may listen on: `*` too, and not the engine's name for the host, which
    /// only a client has.
    package static func canListen(on host: ArraySlice<UInt8>) -> Bool {
        isLoopback(host) || isWildcard(host) || isWhole("*", host)
    }

    /// The host in what a variable or flag for one has: `localhost`, `localhost:3000`, `http://localhost/`, `::1`.
    package static func host(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var host = text
        let slash = UInt8(ascii: "/")
        if let first = host.firstIndex(of: slash), host[first...].dropFirst().first == slash {
            host = host[(first + 2)...]
        }
        host = host.prefix { $0 != slash }
        if host.first == UInt8(ascii: "["), let end = host.firstIndex(of: UInt8(ascii: "]")) { return host[...end] }
        // Several are those of an IPv6 address without brackets, which has no port.
        guard let colon = host.firstIndex(of: UInt8(ascii: ":")), host.lastIndex(of: UInt8(ascii: ":")) == colon
        else { return host }
        return host[..<colon]
    }

    /// True for the engine's name for the host, which is no container's own.
    package static func isEngineName(_ host: ArraySlice<UInt8>) -> Bool {
        isWhole("host.docker.internal", host)
    }

    /// Where the host starts that ends before `end`, as long as it can be: `127.0.0.1`, `app.localhost`, `[::1]`.
    ///
    /// What stands there may as well be another host, or none.
    package static func start(in bytes: [UInt8], before end: Int) -> Int {
        var start = end
        // In brackets there is no other host of this machine. Not in a loop over them: the type of an array is made
        // anew in each launch.
        if hasSuffix("[::1]", bytes[..<end]) {
            start -= 5
        } else if hasSuffix("[::]", bytes[..<end]) {
            start -= 4
        }
        while start > 0, isPartOfHost(bytes[start - 1]) { start -= 1 }
        return start
    }

    /// True when `bytes` end in a host that `isCalled` and a colon: `http://localhost:`, `A=127.0.0.1:`, `ws://[::1]:`.
    package static func endsBeforePort(_ bytes: [UInt8]) -> Bool {
        guard bytes.last == UInt8(ascii: ":") else { return false }
        let end = bytes.count - 1
        return isCalled(bytes[start(in: bytes, before: end)..<end])
    }

    /// True for what cannot follow a port that ends: `localhost:80${X}` says nothing of port 80.
    package static func continuesPort(_ byte: UInt8) -> Bool { isPartOfName(byte) || byte == UInt8(ascii: "$") }

    private static func isLoopback(_ host: ArraySlice<UInt8>) -> Bool {
        isWhole("localhost", host) || hasSuffix(".localhost", host) || isLoopbackOfVersion4(host)
            || isWhole("[::1]", host) || isWhole("::1", host)
    }

    private static func isWildcard(_ host: ArraySlice<UInt8>) -> Bool {
        isWhole("0.0.0.0", host) || isWhole("[::]", host) || isWhole("::", host)
    }

    /// Four groups of digits, the first of them 127.
    private static func isLoopbackOfVersion4(_ host: ArraySlice<UInt8>) -> Bool {
        guard hasPrefix("127.", host) else { return false }
        var dots = 0
        for byte in host {
            if byte == UInt8(ascii: ".") {
                dots += 1
            } else if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                return false
            }
        }
        return dots == 3
    }

    /// What a longer name has, in any script; `*` since lists of origins have `*.localhost`.
    private static func isPartOfHost(_ byte: UInt8) -> Bool {
        isPartOfName(byte) || byte == UInt8(ascii: "*") || byte >= 0x80
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isWhole(_ word: StaticString, _ host: ArraySlice<UInt8>) -> Bool {
        host.count == word.utf8CodeUnitCount && hasSuffix(word, host)
    }

    private static func hasPrefix(_ word: StaticString, _ host: ArraySlice<UInt8>) -> Bool {
        isWhole(word, host.prefix(word.utf8CodeUnitCount))
    }

    /// In whatever case: host names have none.
    private static func hasSuffix(_ word: StaticString, _ host: ArraySlice<UInt8>) -> Bool {
        let count = word.utf8CodeUnitCount
        guard host.count >= count else { return false }
        for offset in 0..<count {
            let byte = host[host.endIndex - count + offset]
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if (isCapital ? byte | 0x20 : byte) != word.utf8Start[offset] { return false }
        }
        return true
    }
}
