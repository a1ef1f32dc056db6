#pragma once
// Internal to the file formats: the parts of the zip format that .npz files use.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shatterproof {

struct ZipMember {
  std::string name;
  std::uint64_t size = 0;      ///< bytes when unpacked
  std::uint64_t packed = 0;    ///< bytes in the file
  std::uint64_t header = 0;    ///< offset of the local header
  std::uint32_t checksum = 0;  ///< CRC-32 of the unpacked bytes
  unsigned method = 0;         ///< 0 stored, 8 deflated
};

/// The central directory, zip64 sizes included. Throws FormatError for a truncated file or one that is no zip.
[[nodiscard]] std::vector<ZipMember> zip_directory(const std::string& file, std::string_view bytes);

/// Unpacks one member; throws FormatError when it is damaged, longer than most_bytes, or packed by another method.
[[nodiscard]] std::string unzip(const std::string& file, std::string_view bytes, const ZipMember& member,
                                std::uint64_t most_bytes);

struct ZipContent {
  std::string name, bytes;
};
/// A zip file with stored (uncompressed) members; the same content always gives the same bytes.
[[nodiscard]] std::string zip(const std::vector<ZipContent>& members);

}  // namespace shatterproof
