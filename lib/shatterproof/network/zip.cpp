#include "shatterproof/network/zip.hpp"

#include <zlib.h>

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50, kDirectoryEntry = 0x02014b50, kDirectoryEnd = 0x06054b50;
constexpr std::uint32_t kDirectoryEnd64 = 0x06064b50, kLocator64 = 0x07064b50;
constexpr std::uint64_t kIn64 = 0xffffffff;  // the true value stands in the zip64 record
constexpr std::size_t kEndSize = 22, kLongestComment = 65535;
// Deflate cannot pack better than this; a larger claim is a damaged or hostile file.
constexpr std::uint64_t kBestRatio = 1040;

/// Little-endian fields at offsets that are checked against the end of the file.
class Bytes {
 public:
  Bytes(const std::string& file, std::string_view bytes) : file_(file), bytes_(bytes) {}

  [[nodiscard]] std::uint64_t field(std::uint64_t at, unsigned width) const {
    const std::string_view part = slice(at, width);
    std::uint64_t value = 0;
    for (unsigned i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(part[i]);
    return value;
  }
  [[nodiscard]] std::string_view slice(std::uint64_t at, std::uint64_t length) const {
    if (at > bytes_.size() || length > bytes_.size() - at)
      reject("a record that ends after the last of " + std::to_string(bytes_.size()) + " bytes", "a complete zip file");
    return bytes_.substr(at, length);
  }
  [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, "zip structure", found, expected);
  }

 private:
  const std::string& file_;
  std::string_view bytes_;
};

std::uint64_t find_end(const Bytes& in) {
  if (in.size() >= kEndSize) {
    const std::uint64_t last = in.size() - kEndSize;
    const std::uint64_t first = last > kLongestComment ? last - kLongestComment : 0;
    for (std::uint64_t at = last + 1; at-- > first;)
      if (in.field(at, 4) == kDirectoryEnd && at + kEndSize + in.field(at + 20, 2) == in.size()) return at;
  }
  in.reject("no end of the directory", "a complete .npz (zip) file: it is truncated or not a zip");
}

/// Replaces the values that stand in the zip64 extra field of a directory entry.
void read_extra64(const Bytes& in, std::uint64_t at, std::uint64_t length, ZipMember& member) {
  const std::uint64_t end = at + length;
  while (at + 4 <= end) {
    const std::uint64_t id = in.field(at, 2), size = in.field(at + 2, 2);
    at += 4;
    if (id == 1) {
      std::uint64_t next = at;
      for (std::uint64_t* value : {&member.size, &member.packed, &member.header}) {
        if (*value != kIn64) continue;
        if (next + 8 > at + size) in.reject("a zip64 record that is too short", "8 bytes for each large size");
        *value = in.field(next, 8);
        next += 8;
      }
      return;
    }
    at += size;
  }
  if (member.size == kIn64 || member.packed == kIn64 || member.header == kIn64)
    in.reject("a large member without a zip64 record", "its size");
}

std::string inflate_exactly(std::string_view packed, std::uint64_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw IoError("zlib could not be started");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = inflate(&stream, Z_FINISH);
  const bool complete = status == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  return complete ? out : std::string();
}

std::uint32_t crc(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

void put(std::string& out, std::uint64_t value, unsigned width) {
  for (unsigned i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

/// The fields that local header and directory entry share.
void put_common(std::string& out, const ZipContent& member) {
  constexpr std::uint64_t kDate1980 = 0x21;
  put(out, 20, 2), put(out, 0, 2), put(out, 0, 2), put(out, 0, 2), put(out, kDate1980, 2);
  put(out, crc(member.bytes), 4), put(out, member.bytes.size(), 4), put(out, member.bytes.size(), 4);
  put(out, member.name.size(), 2), put(out, 0, 2);
}

}  // namespace

std::vector<ZipMember> zip_directory(const std::string& file, std::string_view bytes) {
  const Bytes in(file, bytes);
  const std::uint64_t end = find_end(in);
  std::uint64_t count = in.field(end + 10, 2), at = in.field(end + 16, 4);
  if ((count == 0xffff || at == kIn64) && end >= 20 && in.field(end - 20, 4) == kLocator64) {
    const std::uint64_t end64 = in.field(end - 12, 8);
    if (in.field(end64, 4) != kDirectoryEnd64) in.reject("a bad zip64 directory end", "its signature");
    count = in.field(end64 + 32, 8);
    at = in.field(end64 + 48, 8);
  }
  std::vector<ZipMember> members;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (in.field(at, 4) != kDirectoryEntry) in.reject("a bad directory entry", std::to_string(count) + " entries");
    if ((in.field(at + 8, 2) & 1) != 0) in.reject("an encrypted member", "plain members");
    ZipMember member;
    member.method = static_cast<unsigned>(in.field(at + 10, 2));
    member.checksum = static_cast<std::uint32_t>(in.field(at + 16, 4));
    member.packed = in.field(at + 20, 4);
    member.size = in.field(at + 24, 4);
    member.header = in.field(at + 42, 4);
    const std::uint64_t name = in.field(at + 28, 2), extra = in.field(at + 30, 2), comment = in.field(at + 32, 2);
    member.name = in.slice(at + 46, name);
    read_extra64(in, at + 46 + name, extra, member);
    members.push_back(std::move(member));
    at += 46 + name + extra + comment;
  }
  return members;
}

std::string unzip(const std::string& file, std::string_view bytes, const ZipMember& member, std::uint64_t most_bytes) {
  const Bytes in(file, bytes);
  const auto reject = [&](const std::string& found, const std::string& expected) {
    throw FormatError(file, member.name, found, expected);
  };
  if (member.size > most_bytes)
    reject(std::to_string(member.size) + " bytes", "at most " + std::to_string(most_bytes) + " (too large for memory)");
  if (in.field(member.header, 4) != kLocalHeader) reject("a bad local header", "its signature");
  const std::uint64_t start = member.header + 30 + in.field(member.header + 26, 2) + in.field(member.header + 28, 2);
  const std::string_view packed = in.slice(start, member.packed);
  if (member.size > kBestRatio * (packed.size() + 1))
    reject("a claim of " + std::to_string(member.size) + " bytes packed in " + std::to_string(packed.size()),
           "a size that deflate can reach");
  std::string out;
  if (member.method == 0) {
    out = packed;
  } else if (member.method == 8) {
    out = inflate_exactly(packed, member.size);
  } else {
    reject("compression method " + std::to_string(member.method), "0 (stored) or 8 (deflated)");
  }
  if (out.size() != member.size || crc(out) != member.checksum)
    reject("damaged data", std::to_string(member.size) + " bytes with the stored checksum");
  return out;
}

std::string zip(const std::vector<ZipContent>& members) {
  std::string out, directory;
  for (const ZipContent& member : members) {
    require(member.bytes.size() < kIn64 && out.size() + member.bytes.size() < kIn64,
            "a zip file of 4 GB or more is not written");
    put(directory, kDirectoryEntry, 4), put(directory, 20, 2), put_common(directory, member);
    put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4);
    put(directory, out.size(), 4);
    directory += member.name;
    put(out, kLocalHeader, 4), put_common(out, member);
    out += member.name + member.bytes;
  }
  const std::size_t start = out.size();
  out += directory;
  put(out, kDirectoryEnd, 4), put(out, 0, 4), put(out, members.size(), 2), put(out, members.size(), 2);
  put(out, directory.size(), 4), put(out, start, 4), put(out, 0, 2);
  return out;
}

}  // namespace shatterproof
