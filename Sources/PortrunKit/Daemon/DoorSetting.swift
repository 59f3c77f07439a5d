import PortrunBase

/// What `--door` says: `NAME`, or `NAME=ADDRESS`.
package struct DoorSetting: Sendable {
    package let door: Door
    package let addresses: [LoopbackAddress]

    /// - Throws: `DoorError` for a door that there is not, and for an address that others could reach.
    package init(_ text: String) throws(DoorError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let door = Door(rawValue: String(parts[0])) else { throw .unknown(String(parts[0])) }
        self.door = door
        guard parts.count > 1 else {
            addresses = door.addresses
            return
        }
        let text = String(parts[1])
        guard let address = LoopbackAddress(text) else {
            if let port = LoopbackAddress.wrongPort(in: text) { throw .noPort(port) }
            throw .notLoopback(text)
        }
        addresses = [address]
    }
}

/// Why a door is not opened.
package enum DoorError: ReportableError, Equatable {
    case unknown(String)
    case notLoopback(String)
    /// Behind the colon of an address that only this machine can reach.
    case noPort(String)

    package var message: String {
        switch self {
        case .unknown(let name): "there is no door `\(name)`"
        case .notLoopback(let address): "`\(address)` is no address that only this machine can reach"
        case .noPort(let port): "`\(port)` is no port from 1 to 65535"
        }
    }

    package var hint: String? {
        switch self {
        case .unknown: "the doors are \(Door.allCases.map { "`\($0.name)`" }.joined(separator: ", "))"
        case .notLoopback, .noPort: "give `127.0.0.1:PORT` or `[::1]:PORT`"
        }
    }

    package var exitStatus: Int32 { 64 }
}
