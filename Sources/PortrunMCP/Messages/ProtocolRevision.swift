import PortrunBase

/// A revision of the Model Context Protocol (https://modelcontextprotocol.io/specification).
enum ProtocolRevision: String, Sendable, CaseIterable {
    case november2024 = "2024-11-05"
    /// The only one with batches.
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    /// Without handshake: each request tells its revision.
    case july2026 = "2026-07-28"

    /// True where each request stands for itself.
    var isStateless: Bool { self == .july2026 }

    static var newestFirst: [ProtocolRevision] { allCases.reversed() }

    /// What `initialize` agrees on: what the client asks for, else the newest that has a handshake.
    init(negotiating requested: String) {
        let known = ProtocolRevision(rawValue: requested)
        self = known.flatMap { $0.isStateless ? nil : $0 } ?? .november2025
    }

    /// The keys of `_meta` in requests and results.
    static let revisionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let serverKey = "io.modelcontextprotocol/serverInfo"
}
