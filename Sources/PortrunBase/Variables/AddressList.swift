/// Values that are addresses and nothing else: `http://localhost:3000`, `["ws://localhost:1"]`.
enum AddressList {
    /// Whether all of `value` is addresses of this machine, with what parts a list or JSON's array between them.
    ///
    /// A bare `HOST:PORT` is one too, but not with a path behind it, which would be the name of a file.
    static func isAll(of value: [UInt8]) -> Bool {
        isList(value) { isURL($0) && isOwnServer($0) || isHostAndPort($0) && isOwn($0) }
    }

    /// Whether `value` is one URL with a scheme.
    static func isURL(_ value: [UInt8]) -> Bool { isURL(value[...]) }

    /// Whether all of `value` is addresses of this machine, as a name that says so may have them: with a path, or as
    /// data sources are named, `me@tcp(localhost:3306)/db`.
    ///
    /// What has any other form could be read as another machine's, or as a program: `https://a.example/;localhost:1`.
    /// - Parameters:
    ///   - others: whether those of other machines may stand beside them.
    ///   - withPath: whether one without a scheme may have a path.
    static func leadsNowhereElse(
        _ value: [UInt8], besides others: Bool = false, withPath: Bool = false
    ) -> Bool {
        isList(value) { item in
            guard !item.contains(where: isUnexpected) else { return false }
            if isDataSource(item) { return !hasRefusedSetting(item) }
            guard !item.contains(where: isParenthesis) else { return false }
            if isOwnServer(item) { return true }
            if isOwn(item), withPath || !item.contains(where: isEndOfAuthority) { return !hasStep(item) }
            return others && (isURL(item) ? isOfServer(item) : item.allSatisfy(isPartOfHosts))
        }
    }

    /// Whether all of `value` is numbers of ports, with what parts lists, ranges and mappings between them: `7001-7002`,
    /// `7001:80/tcp`. A shell that computes with it finds no name in it.
    static func isNumbers(_ value: [UInt8]) -> Bool {
        let items = value.split { byte in
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "/"): true
            default: false
            }
        }
        return !items.isEmpty
            && items.allSatisfy { item in
                item.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                    || item.elementsEqual("tcp".utf8) || item.elementsEqual("udp".utf8)
            }
    }

    private static func isList(_ value: [UInt8], of isItem: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var list = value[...]
        if list.starts(with: "[\"".utf8), list.last == UInt8(ascii: "]") { list = list.dropFirst().dropLast() }
        let items = list.split(whereSeparator: isSeparator)
        return !items.isEmpty && items.allSatisfy(isItem)
    }

    /// `http://localhost:3000/x`, and `//localhost:3000`.
    private static func isOwnServer(_ url: ArraySlice<UInt8>) -> Bool {
        guard isLocal(url), !hasStep(url) else { return false }
        return url.starts(with: "//".utf8) || hasScheme(url) && isOfServer(url)
    }

    /// `..`, by which a path leads out of where it starts.
    private static func hasStep(_ url: ArraySlice<UInt8>) -> Bool {
        url.split(whereSeparator: isEndOfAuthority).contains { part in
            part.elementsEqual("..".utf8)
                || part.contains(UInt8(ascii: "%"))
                    && String(decoding: part, as: UTF8.self).lowercased().contains("%2e")
        }
    }

    /// `localhost:3000`, with or without a path.
    private static func isOwn(_ item: ArraySlice<UInt8>) -> Bool {
        let authority = item.prefix { !isEndOfAuthority($0) }
        guard let own = LocalAddress.all(in: String(decoding: authority, as: UTF8.self)).first else { return false }
        return own.text.utf8.elementsEqual(authority)
    }

    /// As Go's driver for MySQL names one.
    private static func isDataSource(_ item: ArraySlice<UInt8>) -> Bool {
        guard let open = item.firstIndex(of: UInt8(ascii: "(")), let close = item.lastIndex(of: UInt8(ascii: ")")),
            open < close, item[..<open].suffix(3).elementsEqual("tcp".utf8)
        else { return false }
        let user = item[..<open].dropLast(3)
        let rest = item[(close + 1)...]
        return (user.isEmpty || user.last == UInt8(ascii: "@"))
            && user.allSatisfy { isPartOfHosts($0) || passwordMarks.contains($0) }
            && isOwn(item[(open + 1)..<close]) && (rest.isEmpty || rest.first == UInt8(ascii: "/"))
            && rest.allSatisfy { isPartOfHosts($0) || settingMarks.contains($0) }
    }

    /// What a data source may have before its host, and behind it, in addition to the letters of hosts.
    private static let passwordMarks = Array("%!~=@^".utf8)
    private static let settingMarks = Array("%/?&=~,@".utf8)

    /// What stands before `://`, without the `:`.
    private static func scheme(of url: ArraySlice<UInt8>) -> String {
        String(decoding: url.prefix { isPartOfScheme($0) || $0 == UInt8(ascii: ":") }.dropLast(), as: UTF8.self)
    }

    /// Schemes that no program takes for a command of its own.
    private static func isOfServer(_ url: ArraySlice<UInt8>) -> Bool {
        let scheme = scheme(of: url)
        // `postgresql+psycopg` and the like name a driver.
        let (name, driver) = (scheme.rest(after: "jdbc:") ?? scheme).parts(at: "+")
        if let driver, refusedDrivers.contains(where: driver.contains) { return false }
        return servers.contains(name) && (pages.contains(name) || !hasRefusedSetting(url))
    }

    /// What a driver's name must not have: it is a program, a module's path, or a socket in the file system.
    private static let refusedDrivers = ["ssh", "ext", ".", "unix", "socket", "file"]

    /// Schemes whose queries are the server's, and no settings of the client.
    private static let pages = ["http", "https", "ws", "wss"]

    /// Whether the settings of a data source name another server, a file, or a class or plugin that the client loads.
    private static func hasRefusedSetting(_ url: ArraySlice<UInt8>) -> Bool {
        let parts = url.split { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";") }
        for part in parts.dropFirst() {
            // Behind a `:` DB2 has its settings.
            for setting in part.split(separator: UInt8(ascii: ":")) {
                let name = setting.prefix { $0 != UInt8(ascii: "=") }
                if name.contains(UInt8(ascii: "%")) { return true }
                let text = String(decoding: name, as: UTF8.self).lowercased()
                if serverSettings.contains(text) || loadingSettings.contains(where: text.contains) { return true }
            }
        }
        // There, the first stands behind the name of the database.
        return url.contains(UInt8(ascii: ";")) && String(decoding: url, as: UTF8.self).lowercased().contains("jndi")
    }

    private static let serverSettings = [
        "host", "hostaddr", "hostname", "server", "servername", "service", "address", "addr", "socket", "unix_socket",
        "failoverpartner",
    ]

    /// Parts of the names of settings by which files and classes are loaded: the documentation of the drivers for
    /// PostgreSQL, MySQL, SQL Server and DB2.
    private static let loadingSettings = [
        "factory", "interceptor", "deserialize", "class", "plugin", "handler", "callback", "allowload", "allowall",
        "verifier", "trustmanager", "transform", "jndi", "logger", "file",
    ]

    private static let servers =
        """
        http https ws wss tcp udp tls ssl grpc grpcs h2c rpc exp graphql rtmp rtmps rtsp stun turn dns syslog gelf otlp
        postgres postgresql pgsql mysql mysql2 mariadb sqlserver mssql oracle db2 ecto cockroachdb clickhouse cassandra
        couchdb couchbase redis rediss valkey memcached memcache mongodb neo4j bolt arangodb surrealdb libsql influxdb
        trino presto hive2 amqp amqps kafka nats mqtt mqtts pulsar stomp ldap ldaps smtp smtps imap imaps elasticsearch
        opensearch etcd consul zookeeper
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    /// Whether the server that a URL names is on this machine.
    private static func isLocal(_ url: ArraySlice<UInt8>) -> Bool {
        guard let start = url.indices.first(where: { url[$0...].starts(with: "//".utf8) }) else { return false }
        var authority = url[(start + 2)...].prefix { !isEndOfAuthority($0) }
        if let end = authority.lastIndex(of: UInt8(ascii: "@")) {
            // To a browser, what is before a `&` or `;` may be the host.
            guard authority[..<end].allSatisfy({ isPartOfHosts($0) || passwordMarks.contains($0) }) else {
                return false
            }
            authority = authority[(end + 1)...]
        }
        // Behind a `;` SQL Server has its settings.
        let host = scheme(of: url).hasSuffix("sqlserver") ? authority.prefix { $0 != UInt8(ascii: ";") } : authority
        return isOwn(host)
    }

    private static func isURL(_ value: ArraySlice<UInt8>) -> Bool {
        hasScheme(value) && !value.contains(where: isQuotedOrCode)
    }

    private static func hasScheme(_ value: ArraySlice<UInt8>) -> Bool {
        // Several, as in `jdbc:mysql://localhost:3306`, are one.
        let scheme = value.prefix { isPartOfScheme($0) || $0 == UInt8(ascii: ":") }
        return scheme.count > 1 && scheme.last == UInt8(ascii: ":")
            && value[scheme.endIndex...].starts(with: "//".utf8)
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

    private static func isEndOfAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    /// What names of hosts have, with a port and a `*` for any.
    private static func isPartOfHosts(_ byte: UInt8) -> Bool {
        isPartOfScheme(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_")
    }

    private static func isParenthesis(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    /// What no address has, but for what a data source may. A block in braces would be code.
    private static func isUnexpected(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            || isQuotedOrCode(byte) && byte != UInt8(ascii: ";") && !isParenthesis(byte)
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
