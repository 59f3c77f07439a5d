#if canImport(Darwin)
    extension DescriptorLimit {
        static var resource: Int32 { RLIMIT_NOFILE }
    }
#endif
