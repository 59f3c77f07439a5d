/// A file that a look has read. Not an element of an array, the type of which each launch would make anew.
final class LookedFile {
    let path: String
    let device: dev_t
    let inode: ino_t
    let content: [UInt8]
    let before: LookedFile?

    init(_ path: String, _ status: stat, _ content: [UInt8], before: LookedFile?) {
        self.path = path
        device = status.st_dev
        inode = status.st_ino
        self.content = content
        self.before = before
    }

    /// The files of different content, of which `last` was read last.
    static func distinct(_ last: LookedFile?) -> [LookedFile] {
        var files: [LookedFile] = []
        var next = last
        while let file = next {
            if !files.contains(where: { $0.inode == file.inode && $0.device == file.device }) { files.append(file) }
            next = file.before
        }
        return files
    }

    /// What is too large where the file at `path` cannot be read any more: the file that has more than half of the limit,
    /// else all together; nil where they are not what the bytes went to.
    static func culprit(at path: String, among last: LookedFile?, _ limit: Int) -> LookEnd.Culprit? {
        let files = distinct(last)
        var status = stat()
        let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
        if size > limit / 2 { return .file(path) }
        if let largest = files.first(where: { $0.content.count > limit / 2 }) { return .file(largest.path) }
        let isNew = !files.contains { $0.path == path }
        let sum = files.reduce(isNew ? size : 0) { $0 + $1.content.count }
        return sum > limit / 2 ? .files(files.count + (isNew ? 1 : 0)) : nil
    }
}
