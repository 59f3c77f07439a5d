/// The kind of program that a service is. It decides the range that the service's ports are booked from.
///
/// Inferred from the service's name and its image; `portrun config` changes the ranges.
package enum ServiceKind: String, Sendable, CaseIterable {
    case postgres, mysql, redis, mongodb, elasticsearch, meilisearch, rabbitmq, kafka, web, debug
    case other = "default"

    /// The range a kind has unless `portrun config` says otherwise.
    package var defaultRange: PortRange {
        let text =
            switch self {
            case .postgres: "5432-5499"
            case .mysql: "3306-3399"
            case .redis: "6379-6449"
            case .mongodb: "27017-27099"
            case .elasticsearch: "9200-9299"
            case .meilisearch: "7700-7799"
            case .rabbitmq: "5672-5699"
            case .kafka: "9092-9099"
            case .web: "3000-3999"
            case .debug: "9229-9299"
            case .other: "10000-19999"
            }
        // The literals above are valid ranges.
        return PortRange(text)!
    }

    /// The number that everybody knows the kind by; nil for kinds that have none.
    package var wellKnownPort: Port? {
        switch self {
        case .web, .debug, .other: nil
        case .postgres, .mysql, .redis, .mongodb, .elasticsearch, .meilisearch, .rabbitmq, .kafka: defaultRange.first
        }
    }

    /// Words in a service's name or an image's repository that tell its kind, the most telling first.
    private static let words: [(word: String, kind: ServiceKind)] = [
        ("postgresql", .postgres), ("postgres", .postgres), ("postgis", .postgres), ("pgvector", .postgres),
        ("timescaledb", .postgres), ("mariadb", .mysql), ("mysql", .mysql), ("percona", .mysql),
        ("redis", .redis), ("valkey", .redis), ("keydb", .redis), ("dragonfly", .redis),
        ("mongodb", .mongodb), ("mongo", .mongodb), ("elasticsearch", .elasticsearch),
        ("opensearch", .elasticsearch), ("meilisearch", .meilisearch), ("rabbitmq", .rabbitmq),
        ("kafka", .kafka), ("redpanda", .kafka), ("debug", .debug), ("inspector", .debug),
        ("web", .web), ("frontend", .web), ("www", .web),
    ]

    /// The kind of a service called `name` that runs `image` (as the compose file has it) when it is a container.
    ///
    /// The image decides before the name, and only its repository's last part and the words of it count:
    /// `bitnami/postgresql:16` is postgres, `postgres-exporter` and `mongo-express` are not what they talk to.
    package init(service name: String, image: String? = nil) {
        if let image {
            if let kind = Self.kind(of: ImageName.lastPart(of: image)) {
                self = kind
                return
            }
        }
        self = Self.kind(of: name) ?? .other
    }

    /// The kind of a service of which little more than a port is known: what the name says, else the kind in whose range
    /// the port is.
    package init(service name: String, on port: Port) {
        let named = ServiceKind(service: name)
        let ranged = Self.allCases.first { $0 != .other && $0.defaultRange.contains(port) }
        self = named == .other ? ranged ?? .other : named
    }

    /// Words that make something else of it.
    private static let companions = [
        "exporter", "express", "admin", "ui", "commander", "insight", "client", "backup", "proxy", "manager", "init",
    ]

    private static func kind(of name: String) -> ServiceKind? {
        // This works on bytes, since it runs for every service of a project. Letters outside ASCII are part of a word.
        let parts = name.lowercased().utf8.split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: false
            default: true
            }
        }.map { String(Substring($0)) }
        if parts.contains(where: companions.contains) { return nil }
        return words.first { parts.contains($0.word) }?.kind
    }
}
