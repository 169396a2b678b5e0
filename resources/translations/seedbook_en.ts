<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>seedbook::ExportBar</name>
    <message numerus="yes">
        <source>%n could not be saved: %1.</source>
        <translation>
            <numerusform>%n could not be saved: %1.</numerusform>
            <numerusform>%n could not be saved: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are saved in %1.</source>
        <translation>
            <numerusform>1 picture is saved in %1.</numerusform>
            <numerusform>%Ln pictures are saved in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be saved: %1, and others.</source>
        <translation>
            <numerusform>%n could not be saved: %1, and others.</numerusform>
            <numerusform>%n could not be saved: %1, and others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::GalleryPage</name>
    <message numerus="yes">
        <source>%1 of %Ln picture(s)</source>
        <translation>
            <numerusform>%1 of %Ln picture</numerusform>
            <numerusform>%1 of %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::GalleryView</name>
    <message numerus="yes">
        <source>%n new ↑</source>
        <translation>
            <numerusform>%n new ↑</numerusform>
            <numerusform>%n new ↑</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::Generate</name>
    <message numerus="yes">
        <source>You already have %n of these images; nothing was charged. Use --run-anyway to generate them again.</source>
        <translation>
            <numerusform>You already have this image; nothing was charged. Use --run-anyway to generate it again.</numerusform>
            <numerusform>You already have %n of these images; nothing was charged. Use --run-anyway to generate them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) stay on hold: you already have their images.</source>
        <translation>
            <numerusform>1 request stays on hold: you already have its image.</numerusform>
            <numerusform>%n requests stay on hold: you already have their images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending %n request(s) that were on hold.</source>
        <translation>
            <numerusform>Sending 1 request that was on hold.</numerusform>
            <numerusform>Sending %n requests that were on hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) of an earlier run are on hold. Use --resume to send them.</source>
        <translation>
            <numerusform>1 request of an earlier run is on hold. Use --resume to send it.</numerusform>
            <numerusform>%n requests of an earlier run are on hold. Use --resume to send them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) of an earlier run are on hold for %1.</source>
        <translation>
            <numerusform>1 request of an earlier run is on hold for %1.</numerusform>
            <numerusform>%n requests of an earlier run are on hold for %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending %n request(s) that were on hold (≈%1).</source>
        <translation>
            <numerusform>Sending 1 request that was on hold (≈%1).</numerusform>
            <numerusform>Sending %n requests that were on hold (≈%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are only in memory because they cannot be saved. Waiting until they can. %1</source>
        <translation>
            <numerusform>1 image is only in memory because it cannot be saved. Waiting until it can. %1</numerusform>
            <numerusform>%n images are only in memory because they cannot be saved. Waiting until they can. %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping. Waiting for %n image(s) being generated (≈%1).</source>
        <translation>
            <numerusform>Stopping. Waiting for %n image being generated (≈%1).</numerusform>
            <numerusform>Stopping. Waiting for %n images being generated (≈%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping. Waiting for %n image(s) being generated.</source>
        <translation>
            <numerusform>Stopping. Waiting for %n image being generated.</numerusform>
            <numerusform>Stopping. Waiting for %n images being generated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running image(s) cannot be fetched now because there is no API key for them. A later run will fetch them.</source>
        <translation>
            <numerusform>1 running image cannot be fetched now because there is no API key for it. A later run will fetch it.</numerusform>
            <numerusform>%n running images cannot be fetched now because there is no API key for them. A later run will fetch them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::GenerateButton</name>
    <message numerus="yes">
        <source>Generate %Ln</source>
        <translation>
            <numerusform>Generate %Ln</numerusform>
            <numerusform>Generate %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Generate %Ln · %1</source>
        <translation>
            <numerusform>Generate %Ln · %1</numerusform>
            <numerusform>Generate %Ln · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::OnHoldRows</name>
    <message numerus="yes">
        <source>%n practice request(s) from your last session are on hold.</source>
        <translation>
            <numerusform>1 practice request from your last session is on hold.</numerusform>
            <numerusform>%n practice requests from your last session are on hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) to %1 from your last session are on hold.</source>
        <translation>
            <numerusform>1 request to %1 from your last session is on hold.</numerusform>
            <numerusform>%n requests to %1 from your last session are on hold.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::ImportDialog</name>
    <message numerus="yes">
        <source>%Ln compatible</source>
        <translation>
            <numerusform>%Ln compatible</numerusform>
            <numerusform>%Ln compatible</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with incompatible values</source>
        <translation>
            <numerusform>%Ln with incompatible values</numerusform>
            <numerusform>%Ln with incompatible values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without parameters</source>
        <translation>
            <numerusform>%Ln without parameters</numerusform>
            <numerusform>%Ln without parameters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable</source>
        <translation>
            <numerusform>%Ln unreadable</numerusform>
            <numerusform>%Ln unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Showing the first %Ln file(s) only.</source>
        <translation>
            <numerusform>Showing the first file only.</numerusform>
            <numerusform>Showing the first %Ln files only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adding %Ln file(s)…</source>
        <translation>
            <numerusform>Adding %Ln file…</numerusform>
            <numerusform>Adding %Ln files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %Ln file(s) to the library.</source>
        <translation>
            <numerusform>Added %Ln file to the library.</numerusform>
            <numerusform>Added %Ln files to the library.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be added; see the list for the reasons.</source>
        <translation>
            <numerusform>%Ln file could not be added; see the list for the reasons.</numerusform>
            <numerusform>%Ln files could not be added; see the list for the reasons.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::ImportModel</name>
    <message numerus="yes">
        <source>%n incompatible value(s)</source>
        <translation>
            <numerusform>%n incompatible value</numerusform>
            <numerusform>%n incompatible values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::Importer</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be added to the library.</source>
        <translation>
            <numerusform>%Ln file could not be added to the library.</numerusform>
            <numerusform>%Ln files could not be added to the library.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::LibraryController</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::MainWindow</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::RatingTagsPanel</name>
    <message numerus="yes">
        <source>%Ln picture(s) are selected. Rating, tags, saving, copying and the trash are for all of them.</source>
        <translation>
            <numerusform>1 picture is selected. Rating, tags, saving, copying and the trash are for it.</numerusform>
            <numerusform>%Ln pictures are selected. Rating, tags, saving, copying and the trash are for all of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::PictureActions</name>
    <message numerus="yes">
        <source>%Ln seed(s) are on the clipboard, each on a line.</source>
        <translation>
            <numerusform>The seed is on the clipboard.</numerusform>
            <numerusform>%Ln seeds are on the clipboard, each on a line.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln prompt(s) are on the clipboard, with an empty line between them.</source>
        <translation>
            <numerusform>The prompt is on the clipboard.</numerusform>
            <numerusform>%Ln prompts are on the clipboard, with an empty line between them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::PictureCopying</name>
    <message numerus="yes">
        <source>%Ln picture(s) are on the clipboard.</source>
        <translation>
            <numerusform>The picture is on the clipboard.</numerusform>
            <numerusform>%Ln pictures are on the clipboard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are on the clipboard, without what tells of their making.</source>
        <translation>
            <numerusform>The picture is on the clipboard, without what tells of its making.</numerusform>
            <numerusform>%Ln pictures are on the clipboard, without what tells of their making.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are on the clipboard as data URIs, each on a line, %1 together.</source>
        <translation>
            <numerusform>The picture is on the clipboard as a data URI, %1.</numerusform>
            <numerusform>%Ln pictures are on the clipboard as data URIs, each on a line, %1 together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are on the clipboard as base64, each on a line, %1 together.</source>
        <translation>
            <numerusform>The picture is on the clipboard as base64, %1.</numerusform>
            <numerusform>%Ln pictures are on the clipboard as base64, each on a line, %1 together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copying %Ln picture(s) …</source>
        <translation>
            <numerusform>Copying %Ln picture …</numerusform>
            <numerusform>Copying %Ln pictures …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be copied: %1</source>
        <translation>
            <numerusform>%Ln could not be copied: %1</numerusform>
            <numerusform>%Ln could not be copied: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::PictureSaving</name>
    <message numerus="yes">
        <source>Export %n picture(s) alone</source>
        <translation>
            <numerusform>Export %n picture alone</numerusform>
            <numerusform>Export %n pictures alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save copies of %n picture(s)</source>
        <translation>
            <numerusform>Save a copy of %n picture</numerusform>
            <numerusform>Save copies of %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::PictureViewer</name>
    <message numerus="yes">
        <source>%1, for the %Ln selected picture(s)</source>
        <translation>
            <numerusform>%1</numerusform>
            <numerusform>%1, for the %Ln selected pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejected, for the %Ln selected picture(s)</source>
        <translation>
            <numerusform>Rejected</numerusform>
            <numerusform>Rejected, for the %Ln selected pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No rating, for the %Ln selected picture(s)</source>
        <translation>
            <numerusform>No rating</numerusform>
            <numerusform>No rating, for the %Ln selected pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::SendController</name>
    <message numerus="yes">
        <source>You already have %n of these image(s), or they are in the queue. Nothing was charged for them.</source>
        <translation>
            <numerusform>You already have this image, or it is in the queue. Nothing was charged.</numerusform>
            <numerusform>You already have %n of these images, or they are in the queue. Nothing was charged for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have rejected %n of them.</source>
        <translation>
            <numerusform>It is one that you rejected.</numerusform>
            <numerusform>You have rejected %n of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of these request(s) were sent before, and their outcome is unknown. You may have been charged.</source>
        <translation>
            <numerusform>This request was sent before and its outcome is unknown. You may have been charged.</numerusform>
            <numerusform>%n of these requests were sent before, and their outcome is unknown. You may have been charged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of these request(s) are on hold since your last session.</source>
        <translation>
            <numerusform>This request is on hold since your last session.</numerusform>
            <numerusform>%n of these requests are on hold since your last session.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n request(s) on hold</source>
        <translation>
            <numerusform>Resume 1 request on hold</numerusform>
            <numerusform>Resume %n requests on hold</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) from your last session are on hold. Nothing was sent or charged.</source>
        <translation>
            <numerusform>1 request from your last session is on hold. Nothing was sent or charged.</numerusform>
            <numerusform>%n requests from your last session are on hold. Nothing was sent or charged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of these request(s) were sent before, and their outcome is unknown.</source>
        <translation>
            <numerusform>This request was sent before and its outcome is unknown.</numerusform>
            <numerusform>%n of these requests were sent before, and their outcome is unknown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) sent to the queue.</source>
        <translation>
            <numerusform>%n request sent to the queue.</numerusform>
            <numerusform>%n requests sent to the queue.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::SpendingDialog</name>
    <message numerus="yes">
        <source>Exported %Ln request(s) to %1.</source>
        <translation>
            <numerusform>Exported %Ln request to %1.</numerusform>
            <numerusform>Exported %Ln requests to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::UndoController</name>
    <message numerus="yes">
        <source>%Ln rejected image(s), %1. They cost %2.</source>
        <translation>
            <numerusform>%Ln rejected image, %1. It cost %2.</numerusform>
            <numerusform>%Ln rejected images, %1. They cost %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected image(s), %1.</source>
        <translation>
            <numerusform>%Ln rejected image, %1.</numerusform>
            <numerusform>%Ln rejected images, %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::UnreadableDialog</name>
    <message numerus="yes">
        <source>%Ln file(s) in the library could not be read. Seedbook leaves them unchanged and tries again when they change.</source>
        <translation>
            <numerusform>1 file in the library could not be read. Seedbook leaves it unchanged and tries again when it changes.</numerusform>
            <numerusform>%Ln files in the library could not be read. Seedbook leaves them unchanged and tries again when they change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::Words</name>
    <message numerus="yes">
        <source>%1: use %2 to %3 with at most %n decimal(s).</source>
        <translation>
            <numerusform>%1: use %2 to %3 with at most %n decimal.</numerusform>
            <numerusform>%1: use %2 to %3 with at most %n decimals.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are no longer in the library.</source>
        <translation>
            <numerusform>1 image is no longer in the library.</numerusform>
            <numerusform>%Ln images are no longer in the library.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be moved. First error: %1</source>
        <translation>
            <numerusform>%Ln image could not be moved. First error: %1</numerusform>
            <numerusform>%Ln images could not be moved. First error: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln image(s) to the trash.</source>
        <translation>
            <numerusform>Moved %Ln image to the trash.</numerusform>
            <numerusform>Moved %Ln images to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln image(s) to “%1”.</source>
        <translation>
            <numerusform>Moved %Ln image to “%1”.</numerusform>
            <numerusform>Moved %Ln images to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are already in “%1”.</source>
        <translation>
            <numerusform>The image is already in “%1”.</numerusform>
            <numerusform>The images are already in “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restored %Ln image(s).</source>
        <translation>
            <numerusform>Restored %Ln image.</numerusform>
            <numerusform>Restored %Ln images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be restored: no longer in the trash.</source>
        <translation>
            <numerusform>%Ln image could not be restored: no longer in the trash.</numerusform>
            <numerusform>%Ln images could not be restored: no longer in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be moved back: no longer in that folder.</source>
        <translation>
            <numerusform>%Ln image could not be moved back: no longer in that folder.</numerusform>
            <numerusform>%Ln images could not be moved back: no longer in that folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Images being generated cost %1. The service keeps %Ln of them for an hour; the others may be lost if you quit now.</source>
        <translation>
            <numerusform>Images being generated cost %1. The service keeps %Ln of them for an hour; the others may be lost if you quit now.</numerusform>
            <numerusform>Images being generated cost %1. The service keeps %Ln of them for an hour; the others may be lost if you quit now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsaved image(s)</source>
        <translation>
            <numerusform>%Ln unsaved image</numerusform>
            <numerusform>%Ln unsaved images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) being generated</source>
        <translation>
            <numerusform>%Ln image being generated</numerusform>
            <numerusform>%Ln images being generated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting request(s)</source>
        <translation>
            <numerusform>%Ln waiting request</numerusform>
            <numerusform>%Ln waiting requests</numerusform>
        </translation>
    </message>
</context>
</TS>
