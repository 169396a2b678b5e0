<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
    <message numerus="yes">
        <source>Send %n from last time</source>
        <translation>
            <numerusform>Send the one from last time</numerusform>
            <numerusform>Send %n from last time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) being made</source>
        <translation>
            <numerusform>one picture being made</numerusform>
            <numerusform>%n pictures being made</numerusform>
        </translation>
    </message>
</context>
</TS>
