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
        guard let address = LoopbackAddress(String(parts[1])) else { throw .notLoopback(String(parts[1])) }
        addresses = [address]
    }
}

/// Why a door is not opened.
package enum DoorError: ReportableError, Equatable {
    case unknown(String)
    case notLoopback(String)

    package var message: String {
        switch self {
        case .unknown(let name): "there is no door `\(name)`"
        case .notLoopback(let address): "`\(address)` is no address that only this machine can reach"
        }
    }

    package var hint: String? {
        switch self {
        case .unknown: "the doors are \(Door.allCases.map { "`\($0.name)`" }.joined(separator: ", "))"
        case .notLoopback: "give `127.0.0.1:PORT` or `[::1]:PORT`"
        }
    }

    package var exitStatus: Int32 { 64 }
}
