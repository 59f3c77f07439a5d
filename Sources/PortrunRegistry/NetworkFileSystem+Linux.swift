import PortrunBase

#if os(Linux)
    import CSQLite

    extension statfs {
        /// By the magic numbers of statfs(2): NFS, SMB, SMB2, CIFS, AFS, CODA, Ceph, 9P, NCP, Lustre, GPFS.
        var isOfNetwork: Bool {
            switch UInt32(truncatingIfNeeded: f_type) {
            case 0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x5346_414F, 0x7375_7245, 0x00C3_6400, 0x0102_1997, 0x564C,
                0x0BD0_0BD0, 0x4750_4653:
                true
            default: false
            }
        }
    }
#endif
