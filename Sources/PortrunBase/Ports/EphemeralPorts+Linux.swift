#if os(Linux)
    /// The ports that the kernel hands to outgoing connections; a booking there could be taken at any moment.
    package enum EphemeralPorts {
        /// From ip(7) `ip_local_port_range`; its default when /proc cannot be read.
        package static func current() -> PortRange {
            let usual = PortRange("32768-60999")
            let content = try? FileSystem.read("/proc/sys/net/ipv4/ip_local_port_range")
            let ends = String(decoding: content ?? [], as: UTF8.self).split { $0 == "\t" || $0 == " " || $0 == "\n" }
            guard ends.count == 2, let range = PortRange("\(ends[0])-\(ends[1])") else {
                // The literal above is a valid range.
                return usual!
            }
            return range
        }
    }
#endif
