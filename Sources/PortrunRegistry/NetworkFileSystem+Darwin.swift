import PortrunBase

#if canImport(Darwin)

    extension statfs {
        var isOfNetwork: Bool { f_flags & UInt32(MNT_LOCAL) == 0 }
    }
#endif
