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
</context>
<context>
    <name>seedbook::FilterWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
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
        <source>%n picture(s) that the service has taken on cannot be asked after now: there is no key for them. They stay for a later run.</source>
        <translation>
            <numerusform>One picture that the service has taken on cannot be asked after now: there is no key for it. It stays for a later run.</numerusform>
            <numerusform>%n pictures that the service has taken on cannot be asked after now: there is no key for them. They stay for a later run.</numerusform>
        </translation>
    </message>
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
        <source>Sending %n request(s) that were on hold, for ≈%1.</source>
        <translation>
            <numerusform>Sending 1 request that was on hold, for ≈%1.</numerusform>
            <numerusform>Sending %n requests that were on hold, for ≈%1.</numerusform>
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
        <source>Stopping. Waiting for %n image(s) that the service is making, for ≈%1.</source>
        <translation>
            <numerusform>Stopping. Waiting for %n image that the service is making, for ≈%1.</numerusform>
            <numerusform>Stopping. Waiting for %n images that the service is making, for ≈%1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping. Waiting for %n image(s) that the service is making.</source>
        <translation>
            <numerusform>Stopping. Waiting for %n image that the service is making.</numerusform>
            <numerusform>Stopping. Waiting for %n images that the service is making.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that arrived are in memory alone, because no disk takes them. Waiting until one does. %1</source>
        <translation>
            <numerusform>%n image that arrived is in memory alone, because no disk takes it. Waiting until one does. %1</numerusform>
            <numerusform>%n images that arrived are in memory alone, because no disk takes them. Waiting until one does. %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::HeldRows</name>
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
        <source>Adding %n file(s)…</source>
        <translation>
            <numerusform>Adding one file…</numerusform>
            <numerusform>Adding %n files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) added to the library.</source>
        <translation>
            <numerusform>One file added to the library.</numerusform>
            <numerusform>%n files added to the library.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be added; the list says why.</source>
        <translation>
            <numerusform>One could not be added; the list says why.</numerusform>
            <numerusform>%n could not be added; the list says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::ImportModel</name>
    <message numerus="yes">
        <source>%n value(s) do not fit</source>
        <translation>
            <numerusform>1 value does not fit</numerusform>
            <numerusform>%n values do not fit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::Importer</name>
    <message numerus="yes">
        <source>%n file(s) could not be added to the library.</source>
        <translation>
            <numerusform>One file could not be added to the library.</numerusform>
            <numerusform>%n files could not be added to the library.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::LeaveWords</name>
    <message numerus="yes">
        <source>What is being made costs %1. The service keeps %n of these for the next start; the others may be lost if you leave now.</source>
        <translation>
            <numerusform>What is being made costs %1. The service keeps %n of these for the next start; the others may be lost if you leave now.</numerusform>
            <numerusform>What is being made costs %1. The service keeps %n of these for the next start; the others may be lost if you leave now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) that came only in memory</source>
        <translation>
            <numerusform>one picture that came only in memory</numerusform>
            <numerusform>%n pictures that came only in memory</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) being made</source>
        <translation>
            <numerusform>one picture being made</numerusform>
            <numerusform>%n pictures being made</numerusform>
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
    <name>seedbook::LedgerText</name>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
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
    <name>seedbook::PictureActions</name>
    <message numerus="yes">
        <source>%n seeds are on the clipboard, each on a line.</source>
        <translation>
            <numerusform>%n seed is on the clipboard.</numerusform>
            <numerusform>%n seeds are on the clipboard, each on a line.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompts are on the clipboard, with an empty line between them.</source>
        <translation>
            <numerusform>%n prompt is on the clipboard.</numerusform>
            <numerusform>%n prompts are on the clipboard, with an empty line between them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>seedbook::PictureCopying</name>
    <message numerus="yes">
        <source>%n pictures are on the clipboard.</source>
        <translation>
            <numerusform>%n picture is on the clipboard.</numerusform>
            <numerusform>%n pictures are on the clipboard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are on the clipboard, without what tells of their making.</source>
        <translation>
            <numerusform>%n picture is on the clipboard, without what tells of its making.</numerusform>
            <numerusform>%n pictures are on the clipboard, without what tells of their making.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are on the clipboard as data URIs, each on a line, %1 together.</source>
        <translation>
            <numerusform>%n picture is on the clipboard as data URIs, each on a line, %1 together.</numerusform>
            <numerusform>%n pictures are on the clipboard as data URIs, each on a line, %1 together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are on the clipboard as base64, each on a line, %1 together.</source>
        <translation>
            <numerusform>%n picture is on the clipboard as base64, each on a line, %1 together.</numerusform>
            <numerusform>%n pictures are on the clipboard as base64, each on a line, %1 together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copying %n pictures …</source>
        <translation>
            <numerusform>Copying %n picture …</numerusform>
            <numerusform>Copying %n pictures …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be copied:</source>
        <translation>
            <numerusform>%n could not be copied:</numerusform>
            <numerusform>%n could not be copied:</numerusform>
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
    <name>seedbook::UnreadableDialog</name>
    <message numerus="yes">
        <source>%n file(s) in the library could not be read. They stay as they are; one that changes is read again.</source>
        <translation>
            <numerusform>One file in the library could not be read. It stays as it is; once it changes it is read again.</numerusform>
            <numerusform>%n files in the library could not be read. They stay as they are; one that changes is read again.</numerusform>
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
</context>
</TS>
