#pragma once

#include <QColor>
#include <QString>

namespace seedbook::bench {

// What the pictures of the gallery's benchmark bear in the middle, half as wide and high as they
// are: how a thumbnail is known on the screen, whichever program shows it.
inline constexpr QRgb markerColour = qRgb(255, 0, 255);

enum class GalleryKind {
    Small,    // 288×162, about 20 KB
    FullSize, // 1664×928, about 2 MB
};

// A folder of pictures of ours, each a file with its own record.
struct GalleryData
{
    int count = 0;
    GalleryKind kind = GalleryKind::Small;
    QString root;

    // As the program files them: a folder a day, a hundred pictures in each.
    [[nodiscard]] QString library() const { return root + QStringLiteral("/library"); }
    // The same files in one folder, for programs that show one folder at a time.
    [[nodiscard]] QString flat() const { return root + QStringLiteral("/flat"); }
};

// Made below `base`, unless they are there from an earlier run. Files of one number are the same
// wherever they are made. An error ends all.
[[nodiscard]] GalleryData galleryData(const QString& base, int count, GalleryKind kind);

// What picture number `number` was made from; numbers start at 0.
[[nodiscard]] QString galleryPrompt(int number);
// How many of the first `count` prompts hold `text`, in whatever case.
[[nodiscard]] int promptsWith(const QString& text, int count);

} // namespace seedbook::bench
