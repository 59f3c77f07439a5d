#if canImport(Darwin)
    extension Vantage {
        /// That of this process. There are no namespaces.
        package static func current() -> Vantage {
            Vantage(
                bootID: systemText("kern.bootsessionuuid"), host: hardwareUUID(), pidNamespace: "host",
                networkNamespace: "host")
        }

        private static func systemText(_ name: String) -> String {
            var size = 0
            guard sysctlbyname(name, nil, &size, nil, 0) == 0, size > 0 else { return "" }
            var bytes = [UInt8](repeating: 0, count: size)
            guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return "" }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }

        /// Unlike the host name, which follows the network, this stays: gethostuuid(2).
        private static func hardwareUUID() -> String {
            var bytes = [UInt8](repeating: 0, count: 16)
            var patience = timespec()
            guard gethostuuid(&bytes, &patience) == 0 else { return "" }
            return bytes.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
        }
    }
#endif
