/// The name of an image, as far as it tells what is in it.
package enum ImageName {
    /// The last part of the repository: `api` of `localhost:5000/shop/api:dev`; empty where there is none.
    package static func lastPart(of name: String) -> String {
        let part = name.utf8.split(separator: UInt8(ascii: "/")).last
        let repository = part?.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") }
        return repository.map { String(Substring($0)) } ?? ""
    }
}
