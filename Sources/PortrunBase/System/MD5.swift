/// The MD5 message digest (RFC 1321), used to name contexts and for nothing that needs secrecy.
package enum MD5 {
    /// The digest of `message` as 32 lower-case hexadecimal digits.
    package static func hexadecimal(of message: String.UTF8View) -> String { digits(of: message) }
    package static func hexadecimal(of message: [UInt8]) -> String { digits(of: message) }
    package static func hexadecimal(of message: ArraySlice<UInt8>) -> String { digits(of: message) }

    private static func digits(of message: some Collection<UInt8>) -> String {
        var state = SIMD4<UInt32>(0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476)
        padded(message).withUnsafeBytes { padded in
            sines.withUnsafeBufferPointer { sines in
                for start in stride(from: 0, to: padded.count, by: 64) { mix(padded, from: start, sines, into: &state) }
            }
        }
        return String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<32 {
                // The low byte of a word stands first, and of a byte the high digit.
                let shift = place % 8 / 2 * 8 + (place % 2 == 0 ? 4 : 0)
                let digit = UInt8(truncatingIfNeeded: state[place / 8] >> shift) & 0xF
                digits[place] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
            }
            return 32
        }
    }

    /// `message`, a one bit, zeroes, and the length in bits as 64 bits: a multiple of 64 bytes (section 3.1).
    private static func padded(_ message: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array(message)
        let bitCount = UInt64(bytes.count) &* 8
        bytes.append(0x80)
        bytes += [UInt8](repeating: 0, count: (120 - bytes.count % 64) % 64)
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> ($0 * 8)) }
        return bytes
    }

    /// The four rounds of section 3.4 over the 64 bytes from `start` on.
    private static func mix(
        _ bytes: UnsafeRawBufferPointer, from start: Int, _ sines: UnsafeBufferPointer<UInt32>,
        into state: inout SIMD4<UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        /// One step; the roles of the four words move on behind it.
        func step(_ number: Int, _ function: UInt32, word: Int, shift: UInt32) {
            let place = start &+ (word & 15) &* 4
            let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let sum = a &+ function &+ sines[number] &+ value
            (a, d, c, b) = (d, c, b, b &+ (sum &<< shift | sum &>> (32 &- shift)))
        }
        for first in stride(from: 0, to: 16, by: 4) {
            step(first, (b & c) | (~b & d), word: first, shift: 7)
            step(first + 1, (b & c) | (~b & d), word: first + 1, shift: 12)
            step(first + 2, (b & c) | (~b & d), word: first + 2, shift: 17)
            step(first + 3, (b & c) | (~b & d), word: first + 3, shift: 22)
        }
        for first in stride(from: 16, to: 32, by: 4) {
            step(first, (d & b) | (~d & c), word: 5 * first + 1, shift: 5)
            step(first + 1, (d & b) | (~d & c), word: 5 * first + 6, shift: 9)
            step(first + 2, (d & b) | (~d & c), word: 5 * first + 11, shift: 14)
            step(first + 3, (d & b) | (~d & c), word: 5 * first + 16, shift: 20)
        }
        for first in stride(from: 32, to: 48, by: 4) {
            step(first, b ^ c ^ d, word: 3 * first + 5, shift: 4)
            step(first + 1, b ^ c ^ d, word: 3 * first + 8, shift: 11)
            step(first + 2, b ^ c ^ d, word: 3 * first + 11, shift: 16)
            step(first + 3, b ^ c ^ d, word: 3 * first + 14, shift: 23)
        }
        for first in stride(from: 48, to: 64, by: 4) {
            step(first, c ^ (b | ~d), word: 7 * first, shift: 6)
            step(first + 1, c ^ (b | ~d), word: 7 * first + 7, shift: 10)
            step(first + 2, c ^ (b | ~d), word: 7 * first + 14, shift: 15)
            step(first + 3, c ^ (b | ~d), word: 7 * first + 21, shift: 21)
        }
        state &+= SIMD4(a, b, c, d)
    }

    /// The integer part of 2^32 × |sin(n)| for n from 1 to 64; written out, since a launch would compute them each time.
    private static let sines: [UInt32] = [
        0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
        0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
        0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
        0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
        0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
        0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
        0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
        0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
    ]
}
