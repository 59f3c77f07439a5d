/// The name of a service: 1 to 255 bytes of UTF-8 without control characters.
///
/// Wider than what compose allows, because a name may also be typed by a user or come from a folder.
package struct ServiceName: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// nil for an empty or too long name, and for one with a control character in it.
    package init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isControl) else {
            return nil
        }
        description = text
    }

    /// The name with `suffix` behind it, as a further port or a further run of the same service has.
    package func appending(_ suffix: Int) -> ServiceName {
        // A suffix is short and has no control characters; a name at its limit is cut to make room.
        ServiceName(String(description.prefix(64)) + "-\(suffix)")!
    }

    /// The variable that carries the service's port: `api-gateway` has `API_GATEWAY_PORT`.
    ///
    /// A valid shell identifier whatever the name: every other character is `_`, and a leading digit gets one before it.
    package var portVariable: String {
        var name = ""
        for scalar in description.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": name += String(scalar).uppercased()
            default: name += "_"
            }
        }
        if let first = name.first, first.isNumber { name = "_" + name }
        return name + "_PORT"
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
