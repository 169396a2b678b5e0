#pragma once

#include <QLabel>

namespace seedbook {

// The window's label: shows its text as it is written. A QLabel takes a text that looks like HTML
// for HTML and opens the files that it names, and texts come from services and files. All labels
// are made from this class; a test reads the sources for others.
class PlainLabel : public QLabel
{
    Q_OBJECT

public:
    explicit PlainLabel(QWidget* parent = nullptr);
    explicit PlainLabel(const QString& text, QWidget* parent = nullptr);
};

} // namespace seedbook
