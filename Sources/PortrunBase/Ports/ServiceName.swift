/// The name of a service: 1 to 255 bytes of UTF-8 without control characters.
///
/// Wider than what compose allows, because a name may also be typed by a user or come from a folder.
package struct ServiceName: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// The length of the longest name.
    package static let byteLimit = 255

    /// nil for an empty or too long name, and for one with a control character in it.
    package init?(_ text: String) {
        guard (1...Self.byteLimit).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isControl) else {
            return nil
        }
        description = text
    }

    /// The name with `suffix` behind it, as a further port or a further run of the same service has.
    package func appending(_ suffix: Int) -> ServiceName { appending(String(suffix)) }

    /// Likewise; the suffix is short and has no control characters.
    package func appending(_ suffix: String) -> ServiceName {
        let ending = "-" + suffix
        var stem = description[...]
        while stem.utf8.count + ending.utf8.count > Self.byteLimit { stem.removeLast() }
        // A suffix has no control characters, and a name at its limit was cut to make room.
        return ServiceName(stem + ending)!
    }

    /// The variable that carries the service's port: `api-gateway` has `API_GATEWAY_PORT`.
    ///
    /// A valid shell identifier whatever the name: every other character is `_`, and a leading digit gets one before it.
    package var portVariable: String {
        var name: [UInt8] = []
        for scalar in description.unicodeScalars {
            switch scalar {
            case "a"..."z": name.append(UInt8(ascii: scalar) - 32)
            case "A"..."Z": name.append(UInt8(ascii: scalar))
            case "0"..."9":
                if name.isEmpty { name.append(UInt8(ascii: "_")) }
                name.append(UInt8(ascii: scalar))
            default: name.append(UInt8(ascii: "_"))
            }
        }
        return String(decoding: name, as: UTF8.self) + "_PORT"
    }
}

extension Unicode.Scalar {
    var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
