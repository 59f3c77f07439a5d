/// Values that are addresses and nothing else: `http://localhost:3000`, `["ws://localhost:1"]`.
enum AddressList {
    /// Whether all of `value` is URLs of servers on this machine, with what parts a list or JSON's array between them.
    ///
    /// A bare `HOST:PORT` is one too, but not with a path behind it, which would be the name of a file.
    static func isAll(of value: [UInt8]) -> Bool {
        var list = value[...]
        if list.starts(with: "[\"".utf8), list.last == UInt8(ascii: "]") { list = list.dropFirst().dropLast() }
        let items = list.split(whereSeparator: isSeparator)
        guard let first = items.first, isHostAndPort(first) || isLocal(first) else { return false }
        return items.allSatisfy { isHostAndPort($0) || isURL($0) && isOfServer($0) } && leadsNowhereElse(value)
    }

    /// Whether `value` is one URL with a scheme.
    static func isURL(_ value: [UInt8]) -> Bool { isURL(value[...]) }

    /// Whether each URL in `value` that has an address of this machine in it is that address's own, and none of what
    /// runs a program: `https://example.org/?localhost:3000` is another machine's.
    static func leadsNowhereElse(_ value: [UInt8]) -> Bool {
        value.split(whereSeparator: isSeparator).allSatisfy { item in
            guard isURL(item), !LocalAddress.all(in: String(decoding: item, as: UTF8.self)).isEmpty else { return true }
            let scheme = scheme(of: item)
            return isLocal(item) && !scheme.contains("ssh") && !scheme.hasPrefix("ext")
        }
    }

    /// What stands before `://`, without the `:`.
    private static func scheme(of url: ArraySlice<UInt8>) -> String {
        String(decoding: url.prefix { isPartOfScheme($0) || $0 == UInt8(ascii: ":") }.dropLast(), as: UTF8.self)
    }

    /// Schemes that no program takes for a command of its own.
    private static func isOfServer(_ url: ArraySlice<UInt8>) -> Bool {
        let scheme = scheme(of: url)
        // `postgresql+psycopg` and the like name a driver.
        switch (scheme.rest(after: "jdbc:") ?? scheme).parts(at: "+").before {
        case "http", "https", "ws", "wss", "postgres", "postgresql", "mysql", "mysql2", "mariadb", "sqlserver", "mssql",
            "oracle", "clickhouse", "cassandra", "couchdb", "redis", "rediss", "valkey", "memcached", "mongodb",
            "neo4j",
            "bolt", "amqp", "amqps", "kafka", "nats", "mqtt", "mqtts", "pulsar", "stomp", "grpc", "grpcs", "ldap",
            "ldaps",
            "smtp", "smtps", "tcp", "elasticsearch", "opensearch", "etcd", "consul":
            return true
        default: return false
        }
    }

    /// Whether the server that a URL names is on this machine: all of them, where it names several.
    private static func isLocal(_ url: ArraySlice<UInt8>) -> Bool {
        guard let start = url.indices.first(where: { url[$0...].starts(with: "//".utf8) }) else { return false }
        var authority = url[(start + 2)...].prefix { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        if let end = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(end + 1)...] }
        return LocalAddress.all(in: String(decoding: authority, as: UTF8.self)).count == 1
    }

    private static func isURL(_ value: ArraySlice<UInt8>) -> Bool {
        // Several, as in `jdbc:mysql://localhost:3306`, are one.
        let scheme = value.prefix { isPartOfScheme($0) || $0 == UInt8(ascii: ":") }
        guard scheme.count > 1, scheme.last == UInt8(ascii: ":"), value[scheme.endIndex...].starts(with: "//".utf8)
        else { return false }
        return !value.contains(where: isQuotedOrCode)
    }

    /// `localhost:9092`, `[::1]:80`.
    private static func isHostAndPort(_ value: ArraySlice<UInt8>) -> Bool {
        guard let colon = value.lastIndex(of: UInt8(ascii: ":")), colon > value.startIndex, colon + 1 < value.endIndex,
            value[(colon + 1)...].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return false }
        return value[..<colon].allSatisfy { byte in
            isPartOfScheme(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
                || byte == UInt8(ascii: "_")
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "\""): true
        default: false
        }
    }

    private static func isPartOfScheme(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// What a shell would not take for a plain word.
    private static func isQuotedOrCode(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "'"):
            true
        default: false
        }
    }
}
