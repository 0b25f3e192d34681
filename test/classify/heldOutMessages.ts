/**
 * Messages in the manner of real customers, written for measuring and never for training. Odd lines (from 0: even
 * indexes) are for development, the others for the assertion. `none`: outside every intent.
 */
const lines = `
order_status|hi there, placed an order on sunday n its still saying processing?? any idea whats going on
order_status|Good morning. My daughter's birthday is on Friday and the bike I bought for her is nowhere to be seen. Could you find out where it is?
order_status|tracking says delivered but theres nothing on my porch
order_status|Its been 9 days. Where are my shoes
order_status|Could someone tell me whether 70412 left your warehouse yet
order_status|the courier app shows no movement since tuesday, is my package lost?
order_status|Still nothing in the post!! You said 3-5 days
order_status|I'd like an update on the delivery of my sofa please, the driver never showed up this morning
order_status|only half of what I bought arrived, when is the rest coming
order_status|eta on my stuff?
delivery_info|do u guys send stuff to norway and what does it cost
delivery_info|If I buy the desk tonight, would it be here before the weekend?
delivery_info|What's the cheapest way to have it sent?
delivery_info|Is there express shipping for heavy furniture?
delivery_info|Which courier do you use, and can I pick a time slot
delivery_info|Is postage free above a certain amount?
delivery_info|Hello, I live on a small island off the coast of Scotland. Would you be able to send things there?
delivery_info|how many working days does it normally take for parcels to Spain
delivery_info|Can parcels be collected from a pickup point instead of home delivery
delivery_info|whats your shipping cost for a small parcel
cancel_order|plz stop my order i dont need it nomore
cancel_order|Found it cheaper elsewhere, so I would like to cancel what I ordered this morning.
cancel_order|My kid ordered this on my phone without asking. Please cancel asap!
cancel_order|Is it too late to back out of the purchase? I don't need the chairs after all.
cancel_order|need to cancle 70412 before u send it
cancel_order|Hi, due to a change of circumstances we will have to call the whole order off.
cancel_order|I accidentally bought the same thing twice, cancel the second one
cancel_order|scrap my order thanks
cancel_order|Kindly withdraw the order I made yesterday evening
cancel_order|how do i cancel something that hasnt been dispatched
change_order|Can you make that a medium instead of large? I haven't got the shipping mail yet
change_order|I'd like three of the mugs rather than two, can that be changed still?
change_order|please add a pair of socks to the order from today
change_order|took the wrong color, green instead of blue!! can u fix it before it goes out
change_order|Would it be possible to take the cushion off my order and keep the rest?
change_order|I forgot to add the matching lid, can you put it in with my order
change_order|swap the black one for white in 70412 pls, not shipped yet
change_order|i want to alter the items in my order
change_order|Oops, I chose size 8 but need a 9. Can you amend the order?
change_order|Quantity is wrong on my order, should be 4
change_address|we moved house last week and i forgot to tell you, parcel is going to the old place
change_address|could you deliver to my work instead? 12 Mill Lane
change_address|My postcode is wrong on the order, it should end in 7QT
change_address|I put my parents' address in by mistake, pls send it to mine
change_address|Please reroute the parcel to my neighbor at number 14
change_address|the house number on my order is missing, its 22b
change_address|How do I update where my things get sent?
change_address|Change of address for 70412: it should go to 5 Rose Close, York
change_address|I won't be home, could the package be redirected to my sister's flat in Leeds?
change_address|wrong street in the delivery details!! fix please
return_refund|the dress is way too small, how can i send it back
return_refund|Opened the box and the vase is in pieces. I want a new one or my money.
return_refund|you sent me a left shoe twice lol need this sorted, exchange?
return_refund|Not happy with the quality of the blanket, I would like to return it and be refunded
return_refund|do i need a label to return things
return_refund|Headphones stopped working after two days. Can I bring them back?
return_refund|whats ur return policy, i got this as a gift and dont like it
return_refund|The kettle leaks. Please refund the full amount.
return_refund|I received someone else's parcel with a toaster I never bought. What do I do with it?
return_refund|want 2 swap for bigger size, already got the parcel
refund_status|I sent the boots back on the 3rd and still havent seen any money
refund_status|How many days until the refund lands on my card?
refund_status|your colleague said the refund went out last Monday. My bank says no.
refund_status|refund still pending???
refund_status|You received my return a week ago according to tracking, so when do I get paid back?
refund_status|Could you check whether my refund for 70412 has been issued
refund_status|only part of the refund came through, where is the rest
refund_status|Been promised a refund 3 times now and nothing has shown up in my bank
refund_status|what's happening with the money you owe me for the returned lamp
refund_status|has the refund been approved yet
payment_issue|paypal keeps throwing me back to the basket, cant pay
payment_issue|There are two charges of 59.90 on my statement but I only bought one
payment_issue|My bank took the money but there's no confirmation from you
payment_issue|visa got rejected three times, its a valid card
payment_issue|Checkout says 'payment could not be processed'
payment_issue|apple pay not working on ur site
payment_issue|I was billed 80 instead of 60
payment_issue|Why have you charged me again for an order I already paid?
payment_issue|the payment page just spins forever
payment_issue|my giftcard isn't being accepted when I try to pay
invoice|our accountant needs a proper bill with the tax number for last month's purchase
invoice|Can u email me the receipt again
invoice|I need an invoice made out to my company, Northlight Ltd
invoice|Where can I find the PDF bill for 70412?
invoice|no receipt was in the box
invoice|For my expenses I require a VAT receipt
invoice|The invoice shows my old company name, could you reissue it?
invoice|please forward all invoices of this year
invoice|i deleted the mail with the bill, send again?
invoice|Do you have an itemised receipt for warranty purposes
account_access|it keeps telling me wrong password but i know its right
account_access|Never got the email to reset my login
account_access|I'd like to register but the page says my email is already taken
account_access|cant get into my acount
account_access|Verification code doesn't arrive on my phone so I can't sign in
account_access|Somebody changed the email on my profile and I'm locked out
account_access|login button does nothing
account_access|How can I set a new password? The link expired.
account_access|My profile has been blocked after too many attempts
account_access|i think my account got hacked, orders there that arent mine
complaint|The driver was incredibly rude to my elderly mother and I want this taken further.
complaint|worst customer service ive ever had honestly
complaint|I have written four times and nobody takes me seriously. I want to lodge a formal complaint.
complaint|Shocking how you treat loyal customers
complaint|Who is in charge of complaints at your company?
complaint|I'm appalled by the way your staff talked to me on the phone
complaint|not impressed at all, very poor service from start to finish
complaint|This company is a joke, I am reporting your behaviour
complaint|I wish to express my dissatisfaction with the way my case was handled
complaint|absolutely disgraceful experience
human_agent|can i just talk to someone
human_agent|Is there a phone line I could ring?
human_agent|Stop sending me robot answers and let a person read this
human_agent|I'd rather speak with a member of your team
human_agent|please have somebody call me back on my mobile
human_agent|real human pls
human_agent|whats your phone number
human_agent|put me through to your manager
human_agent|When is your helpline open?
human_agent|I don't want to chat with a machine, who can I speak to?
none|do you know any good jokes about cats
none|We are a chain of 14 garden centres and would like your trade price list
none|To whom it may concern, I am applying for the position of store assistant. My CV is attached.
none|Boost your Google ranking today! Our experts guarantee page one
none|is the walnut table solid wood or veneer
none|would this helmet fit a 6 year old
none|I'm writing my thesis on sustainable packaging and would like to interview you
none|When do you restock the red kettle
none|how tall is the bookshelf
none|Who won the match last night?
none|Your shop window looked wonderful at christmas
none|Can you tell me how to clean the leather bag?
none|Our charity is looking for raffle prizes, could you donate something
none|stop sending me your newsletter
none|do students get money off
none|buy cheap followers now http://spam.example
none|what's the meaning of life
none|I run a blog with 20k readers and would love to review your products
none|Are these candles safe for pets
none|which of the two tents is lighter
none|we manufacture zippers in Izmir and look for new clients
none|does the speaker work with android
none|is the paint suitable for outdoors
none|I would like to book a table for two tonight
none|lorem ipsum dolor sit amet
none|Will there be a sale in january?
none|My name is Tom and I like trains
none|Can you write my homework essay on Rome
none|how do I change the battery in the remote
none|Do you have gift cards?
none|how loud is the dishwasher
none|What's your opinion on the election
none|is it made in europe
none|Looking for a supplier of 5000 tote bags with our logo
none|we'd love to invite you to our trade fair in Milan
none|can the lamp be dimmed
order_status|Evening all, bought a rug from you on the 2nd, has it gone out yet?
order_status|my package has been sat in a depot in Lyon since friday what's up with that
order_status|70388 - any news?
order_status|The mail said out for delivery yesterday, but nobody came and I stayed in all day
order_status|Just checking in on the garden chairs. I have guests this weekend and would hate to be without them.
order_status|when will i get my headphones
order_status|The link you sent to follow my parcel doesn't show anything
order_status|was supposed to be here by now, got one box out of three
order_status|did my order go through and has it been dispatched?
delivery_info|Would you post to an APO address?
delivery_info|thinking of ordering 2 wardrobes, do your drivers carry them upstairs
delivery_info|Is next day possible if I order before noon
delivery_info|How long will standard delivery to Ireland be, roughly?
delivery_info|what do you charge for shipping to the canary islands
delivery_info|Do I pay customs when it is sent to Switzerland?
delivery_info|do you deliver on saturdays
delivery_info|From which basket value do I get free shipping?
delivery_info|can i get it dropped at a locker rather than my door, before i buy
cancel_order|hey could you kill the order i just made, wrong account
cancel_order|I've had second thoughts about the espresso machine, so please don't send it.
cancel_order|We would like to withdraw from the contract concluded on 3 November concerning order 70415.
cancel_order|CANCEL 70415 NOW
cancel_order|my husband already got one so no need for mine, can it be called off?
cancel_order|Since the delivery got pushed back by a month I'd rather cancel altogether
cancel_order|Pressed buy by mistake, undo please
cancel_order|is there a button to cancel or do you have to do it
cancel_order|Forget the order please, my plans changed
change_order|could i get the walnut finish instead of oak, only ordered an hour ago
change_order|I need to bump the quantity up to six before it's packed
change_order|Ordered the 2 seater, meant the 3 seater. Can you edit it?
change_order|please leave out the tray and send just the bowls
change_order|can the gift wrap still be added to 70420?
change_order|Is it still possible to choose another colour for the lamp I ordered today
change_order|Just realised I picked the wrong length for the curtains, 240 should be 260, order isn't shipped yet
change_order|add 1 more candle 2 my order plz
change_order|How can I make modifications to an order that I have already submitted?
change_address|hi I typed flat 3 but I live in flat 8, can u correct it
change_address|The parcel must not go to our office, it's closed this week. Send it to my home in Bath please.
change_address|new adress: 9 Harbour Lane, Cork. the other one is outdated
change_address|autofill put my ex's address on the order, help!
change_address|Can I still have it shipped somewhere else? It has not left yet.
change_address|please deliver 70431 to Hotel Astoria, Vienna, as I am travelling
change_address|I forgot to put the apartment number
change_address|where in my profile do I edit the shipping address
change_address|Could the recipient be changed to my son at 4 Quay Road
return_refund|bought two to compare, one goes back. how?
return_refund|The mirror came cracked right across the middle, pictures attached
return_refund|u sent the grey one i ordered beige
return_refund|It doesn't fit my kitchen, may I return it within the 30 days?
return_refund|The zip broke the first time I wore the jacket. What are my options?
return_refund|who pays for the postage if I send the boots back
return_refund|I'd like my money back for the blender, it makes a burning smell
return_refund|can i exchange a present without the receipt
return_refund|screws are missing from the box, cant build it
refund_status|Any update on my reimbursement for the lamp?
refund_status|its been 3 wks since u got the jacket back. where's my 40 quid
refund_status|You confirmed the refund by mail on Monday but my Paypal balance hasn't changed
refund_status|when does the money for the cancelled order get back to me
refund_status|I was told five business days for the refund; today is day nine.
refund_status|refund says completed but i got nothing
refund_status|Was the shipping cost included in my refund? I received less than I paid
refund_status|still out of pocket for the chair I returned in october
refund_status|can u confirm u processed my refund
payment_issue|my card is declined but there's plenty of money on it
payment_issue|Charged me three times for one pair of shoes!!
payment_issue|Klarna will not let me complete the purchase
payment_issue|It says payment pending for two days although my bank has debited the amount
payment_issue|the 3D secure window never opens so i cannot pay
payment_issue|Discount was shown in the basket but my card was charged the full price
payment_issue|What's this charge of 12.99 from your shop that I know nothing about?
payment_issue|error 402 when i press pay now
payment_issue|i entered the iban and it says invalid
invoice|Hi, could I have the VAT invoice for 70433 for my books
invoice|where do i download my receipts
invoice|Our purchase number is missing on the bill, please issue a corrected one
invoice|please can u send proof of purchase, the insurance wants it
invoice|the attached pdf with the bill does not open
invoice|I ordered as a guest. How would I get my invoice?
invoice|Tax office needs the original invoice of the sofa from last March
invoice|need receipt asap
invoice|Can the billing name on the invoice be altered to our firm's?
account_access|I am stuck in a loop at the sign in page
account_access|password reset mail nowhere, not in spam either
account_access|Hello, I no longer have access to the e-mail I registered with and cannot log in
account_access|it says user not found when i put in my email
account_access|How do I delete my account?
account_access|2fa app lost with my old phone
account_access|suspicious login alert from your shop, wasnt me
account_access|My account seems to be deactivated, why?
account_access|Sign-up form refuses my phone number
complaint|Your delivery guy threw the parcel over the fence and swore at me when I said something
complaint|third time you mess up my order. not acceptable
complaint|I feel let down by how your support dealt with me last week and I'd like this looked into.
complaint|how do i make an official complaint
complaint|you people don't care about customers at all
complaint|I want an apology for the way I was spoken to.
complaint|Truly terrible. I'll be telling everyone to avoid you
complaint|Escalating this: two months, seven emails, no solution
complaint|The lady in your shop was dismissive and made me feel stupid
human_agent|give me a person
human_agent|Could one of your colleagues ring me this afternoon?
human_agent|this bot is useless, agent
human_agent|I would prefer to discuss this by phone. Which number should I call?
human_agent|can somebody with a pulse answer
human_agent|Please hand me over to customer service staff
human_agent|is there a live chat with actual people
human_agent|Let me speak to whoever is in charge
human_agent|I need to talk with an employee about something personal
none|what wattage bulb fits the Nordlys lamp
none|hello, im doing a school project about shops and need 10 questions answered
none|Do you price match with big online stores
none|We can supply pallets at half of what you pay now. Interested?
none|are dogs allowed in your showroom
none|How much does the blue carpet weigh?
none|you have been selected for a free cruise, claim now
none|write me a python script that sorts a list
none|does the tent come with pegs
none|is the chair suitable for someone of 120 kg
none|Any vacancies for drivers in your company at the moment?
none|our football team needs shirts, would you sponsor us
none|What time does the store in Leeds open
none|i really like the new website, well done
none|is there a black friday code
none|Can I repaint the cabinet with chalk paint?
none|who founded your company
none|what's the capital of peru
none|Do you offer interior design advice
none|I'd like to list my handmade candles in your shop
none|how do I get my loyalty points added
none|Could you tell me if the mattress is hypoallergenic
none|Is this still produced? I saw it in a magazine
none|remove me from your mailing list
none|how do you make sourdough
none|can i book a visit to your workshop
none|which size would you suggest for 180 cm
none|Your ad on TV is annoying
none|Will the red sofa come back into stock?
none|good evening to the whole team
none|I am a photographer and saw my picture on your page without credit
none|does it need batteries
none|what is the warranty on the fridge
none|I want to place a large order for my hotel, whom do I contact for terms
none|tell me something funny
none|can you translate the manual into Polish for me`;

export interface HeldOut {
  /** Null: outside every intent. */
  readonly intent: string | null;
  readonly text: string;
}

const all: readonly HeldOut[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [intent = '', text = ''] = line.split('|');
    return { intent: intent === 'none' ? null : intent, text };
  });

export const development = all.filter((_, i) => i % 2 === 0);
export const assertion = all.filter((_, i) => i % 2 === 1);
