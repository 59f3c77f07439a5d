#if canImport(Darwin)
    /// The ports that the kernel hands to outgoing connections; a booking there could be taken at any moment.
    package enum EphemeralPorts {
        /// From `sysctl net.inet.ip.portrange.first` and `.last`; their defaults when they cannot be read.
        package static func current() -> PortRange {
            let first = Port(number("net.inet.ip.portrange.first") ?? 49152)
            let last = Port(number("net.inet.ip.portrange.last") ?? 65535)
            // 49152-65535 is a valid range.
            return first.flatMap { first in last.flatMap { PortRange(first, $0) } } ?? PortRange("49152-65535")!
        }

        private static func number(_ name: String) -> Int? {
            var value: Int32 = 0
            var size = MemoryLayout<Int32>.size
            return sysctlbyname(name, &value, &size, nil, 0) == 0 ? Int(value) : nil
        }
    }
#endif
