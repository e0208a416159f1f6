#!/bin/bash
# An EC2 machine that becomes a node. For a group of them see ../scaling-groups/aws.tf.
set -euo pipefail

npx flexgen cloud-init --target aws --out user-data
# At most 16,384 bytes before base64, which `fileb` leaves to the program. A hop less keeps pods from the user-data.
aws ec2 run-instances \
	--image-id resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id \
	--instance-type m7i.large \
	--subnet-id subnet-00000000000000000 \
	--metadata-options HttpTokens=required,HttpPutResponseHopLimit=1 \
	--tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=edge-01}]' \
	--user-data fileb://user-data
rm user-data
