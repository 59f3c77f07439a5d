import PortrunBase

#if canImport(Darwin)

    extension NetworkFileSystem {
        static func isNetwork(_ status: statfs) -> Bool { status.f_flags & UInt32(MNT_LOCAL) == 0 }
    }
#endif
