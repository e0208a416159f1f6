# A machine of Hyper-V that becomes a node, from a cloud image of Ubuntu that is a .vhdx already. Hyper-V has no user-data: the
# payload is a CD, which may be made anywhere.
$ErrorActionPreference = 'Stop'

npx flexgen cloud-init --target hyperv --out seed.iso
if ($LASTEXITCODE -ne 0) { throw "flexgen ended with $LASTEXITCODE" }

New-VM -Name edge-01 -Generation 2 -MemoryStartupBytes 4GB -VHDPath C:\VMs\edge-01.vhdx -SwitchName External
Set-VMProcessor -VMName edge-01 -Count 2
Set-VMFirmware -VMName edge-01 -SecureBootTemplate MicrosoftUEFICertificateAuthority
Add-VMDvdDrive -VMName edge-01 -Path (Resolve-Path seed.iso)
Start-VM -Name edge-01

# Once the node is Ready: the CD has what it joined with.
# Set-VMDvdDrive -VMName edge-01 -Path $null; Remove-Item seed.iso
