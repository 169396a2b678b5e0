#pragma once

#include <QPlainTextEdit>

namespace seedbook {

// A text that is sent as it stands: every character is kept, also those that QPlainTextEdit's own
// toPlainText() changes (the no-break space). It grows with its lines, within bounds. Tab leaves
// it; Return is a new line; Ctrl+Return asks to send.
class PromptEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    // More is not taken in. The model's own limit is checked when sending.
    static constexpr qsizetype longest = 100000;

    PromptEdit(int leastLines, int mostLines, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    // Replaces all as one step that can be undone. False if it had to be cut to `longest`.
    bool replaceText(const QString& text);
    // The same as a new beginning, with nothing to undo.
    bool setText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendAsked();
    // A paste of `size` characters was refused; the text is as it was.
    void pasteRefused(qsizetype size);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void fitHeight();
    [[nodiscard]] int heightFor(qreal text) const;

    int m_leastLines;
    int m_mostLines;
    int m_height = 0;
};

} // namespace seedbook
