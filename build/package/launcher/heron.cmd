@echo off
rem Runs one of Heron's commands (heron help). What follows -- is no switch of Chromium's.
"%~dp0..\..\Heron.exe" -- %*
